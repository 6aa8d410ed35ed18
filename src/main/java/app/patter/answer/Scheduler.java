package app.patter.answer;

import java.time.Duration;

/** Does something after a while, on another thread, which may be held. */
@FunctionalInterface
interface Scheduler {

    /** Runs the work once, when the pause is over. */
    void run(Duration pause, Runnable work);

    /** Runs the work as soon as there is a thread for it. */
    default void run(Runnable work) {
        run(Duration.ZERO, work);
    }
}
