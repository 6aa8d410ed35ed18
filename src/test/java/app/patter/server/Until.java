package app.patter.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for conditions, never for time. */
public final class Until {

    private Until() {}

    /** Waits until the condition holds; fails after minutes, for the machine may be busy. */
    public static void holds(String what, Callable<Boolean> condition) {
        holds(what, Duration.ofMinutes(3), condition);
    }

    public static void holds(String what, Duration atMost, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(atMost)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .pollInSameThread()
                .until(condition);
    }
}
