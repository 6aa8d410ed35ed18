package app.patter.bench;

import java.util.Arrays;
import java.util.Locale;

/** Times in microseconds, told in milliseconds. */
final class Latencies {

    private final Ints times = new Ints();

    void add(int microseconds) {
        times.add(microseconds);
    }

    /** The time that this percentage of all did not exceed; the largest for 100. */
    double at(double percent) {
        int[] sorted = times.toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)] / 1_000.0;
    }

    int count() {
        return times.size();
    }

    static String ms(double milliseconds) {
        return String.format(Locale.ROOT, milliseconds < 10 ? "%.2f ms" : "%.0f ms", milliseconds);
    }
}
