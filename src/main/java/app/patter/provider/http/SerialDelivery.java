package app.patter.provider.http;

import app.patter.provider.Delta;
import app.patter.provider.DeltaHandler;
import app.patter.provider.ProviderErrors;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hands the deltas of one call to their receiver: one at a time, then exactly one end, then nothing. Threads that want
 * to end the call (Stop, a time-out, the connection) never wait for one that is inside the receiver: they decide the
 * end, and whoever is inside hands it over on the way out.
 */
public final class SerialDelivery {

    private static final Logger LOG = System.getLogger(SerialDelivery.class.getName());

    private final DeltaHandler receiver;
    private final AtomicReference<@Nullable Delta> end = new AtomicReference<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    /** Read and written only by the thread that holds {@code busy}. */
    private boolean ended;

    public SerialDelivery(DeltaHandler receiver) {
        this.receiver = receiver;
    }

    /** Whether the end is decided; no delta is handed over from then on. */
    public boolean isOver() {
        return end.get() != null;
    }

    /** Whether the end is decided and is a good one. */
    boolean isFinished() {
        return end.get() instanceof Delta.Finished;
    }

    /**
     * Runs {@code work}, which may call {@link #accept}, unless the end is decided. Not for two threads at once: the
     * caller sees to that.
     */
    public void during(Runnable work) {
        if (isOver() || !busy.compareAndSet(false, true)) {
            return; // only somebody handing over the end can be inside
        }
        try {
            work.run();
        } finally {
            busy.set(false);
            settle();
        }
    }

    /** Hands over one delta, or decides the end; only within {@link #during}. */
    public void accept(Delta delta) {
        if (delta instanceof Delta.Finished || delta instanceof Delta.Failed) {
            end.compareAndSet(null, delta);
        } else if (!isOver()) {
            try {
                receiver.accept(delta);
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        }
    }

    /**
     * Decides the end, if nobody else has, and hands it over as soon as the receiver is free.
     *
     * @return whether this call decided it
     */
    public boolean end(Delta last) {
        boolean first = end.compareAndSet(null, last);
        settle();
        return first;
    }

    /** Runs {@code next} when the receiver has room. */
    public void whenReady(Runnable next) {
        try {
            receiver.whenReady(next);
        } catch (RuntimeException | Error e) {
            fail(e);
            settle();
        }
    }

    private void settle() {
        if (isOver() && busy.compareAndSet(false, true)) {
            try {
                if (!ended) {
                    ended = true;
                    handOver(Objects.requireNonNull(end.get()));
                }
            } finally {
                busy.set(false);
            }
        }
    }

    /** Hands over the end. A receiver that fails at a good one is told that this is none: its message has to end too. */
    private void handOver(Delta last) {
        try {
            receiver.accept(last);
        } catch (RuntimeException | Error e) {
            log(e);
            if (last instanceof Delta.Finished) {
                handOver(ProviderErrors.brokenReceiver());
            }
        }
    }

    private void fail(Throwable e) {
        log(e);
        end.compareAndSet(null, ProviderErrors.brokenReceiver());
    }

    /** Without the exception's message, which may hold what somebody wrote. */
    private static void log(Throwable e) {
        String trace = Arrays.stream(e.getStackTrace())
                .limit(12)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        LOG.log(Level.ERROR, "The receiver of an answer failed: " + e.getClass().getName() + " at " + trace);
    }
}
