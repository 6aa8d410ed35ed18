package app.patter.bench;

import java.util.Arrays;

/** A list of numbers that grows; one thread writes, others may look. */
final class Ints {

    private int[] values = new int[256];
    private int size;

    synchronized void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    synchronized void clear() {
        size = 0;
    }

    synchronized int size() {
        return size;
    }

    /** The last value, or −1. */
    synchronized int last() {
        return size == 0 ? -1 : values[size - 1];
    }

    synchronized int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
