package app.patter.stream;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames of which readers have not got all yet, each counted once. Not thread-safe.
 *
 * @param <R> who holds them
 */
final class FrameMemory<R> {

    private final IdentityHashMap<Frame, List<R>> held = new IdentityHashMap<>();

    /** Adds what somebody holds, if anything. */
    void add(R reader, @Nullable Frame frame) {
        if (frame != null) {
            held.computeIfAbsent(frame, first -> new ArrayList<>()).add(reader);
        }
    }

    /**
     * Holders to evict, longest frames first, until the rest fits.
     *
     * @param characters how long all together may be
     */
    List<R> beyond(long characters) {
        List<R> beyond = new ArrayList<>();
        long size =
                held.keySet().stream().mapToLong(frame -> frame.data().length()).sum();
        List<Frame> frames = new ArrayList<>(held.keySet());
        frames.sort(
                Comparator.comparingInt((Frame frame) -> frame.data().length()).reversed());
        for (Frame frame : frames) {
            if (size <= characters) {
                break;
            }
            size -= frame.data().length();
            beyond.addAll(held.getOrDefault(frame, List.of()));
        }
        return beyond;
    }
}
