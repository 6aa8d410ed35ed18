package app.patter.answer;

import app.patter.conversation.ToolEvent.Progress;
import app.patter.text.Graphemes;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Passes on how far a call is, but not each time that its tool says so. Thread-safe. */
final class ProgressThrottle implements Consumer<Progress> {

    /** Characters of a message, which a person reads in passing and the database keeps. */
    private static final int LONGEST = 200;

    /** Shortest time between two notes. */
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

    private final Consumer<Progress> notes;
    private final LongSupplier clock;

    /** Guarded by this. */
    private long last;

    /** @param clock as {@link System#nanoTime()} */
    ProgressThrottle(Consumer<Progress> notes, LongSupplier clock) {
        this.notes = notes;
        this.clock = clock;
        this.last = clock.getAsLong() - PAUSE;
    }

    private static String shortened(String message) {
        if (message.length() <= LONGEST) {
            return message;
        }
        return Graphemes.start(message, LONGEST) + "…";
    }

    @Override
    public synchronized void accept(Progress progress) {
        long now = clock.getAsLong();
        boolean whole =
                Double.isFinite(progress.reached()) && (progress.total() == null || Double.isFinite(progress.total()));
        if (whole && now - last >= PAUSE) {
            last = now;
            notes.accept(new Progress(progress.reached(), progress.total(), shortened(progress.message())));
        }
    }
}
