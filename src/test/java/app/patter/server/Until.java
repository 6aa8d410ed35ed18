package app.patter.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions, never for time. */
public final class Until {

    private Until() {}

    /** Waits until the condition holds, at most half a minute; fails otherwise. */
    public static void holds(String what, Callable<Boolean> condition) {
        holds(what, Duration.ofSeconds(30), condition);
    }

    public static void holds(String what, Duration atMost, Callable<Boolean> condition) {
        long end = System.nanoTime() + atMost.toNanos();
        while (!now(condition)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + atMost.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static boolean now(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
