package app.patter.answer;

import app.patter.journal.AnswerBuffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the tools of one answer, a {@link ToolLoop} for each round, and sees what people decide meanwhile. Thread-safe. */
final class ToolRunner {

    private static final Logger LOG = System.getLogger(ToolRunner.class.getName());

    /** How often it is looked for what was decided on other nodes. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final AnswerBuffer buffer;
    private final GenerationPort port;
    private final Scheduler scheduler;
    private final Runnable then;
    private volatile @Nullable Toolbox opened;

    /** Guarded by this. */
    private @Nullable ToolLoop running;

    /** Guarded by this. */
    private boolean cancelled;

    /** @param then runs when every call of a round has a result, which is saved by then; on a thread of the scheduler */
    ToolRunner(AnswerBuffer buffer, GenerationPort port, Scheduler scheduler, Runnable then) {
        this.buffer = buffer;
        this.port = port;
        this.scheduler = scheduler;
        this.then = then;
    }

    /** What tools there are is looked at once, when they are first asked for. */
    Toolbox toolbox() {
        Toolbox toolbox = opened;
        if (toolbox == null) {
            toolbox = port.toolbox();
            opened = toolbox;
        }
        return toolbox;
    }

    /** Begins a round of calls; asks the database what is allowed, and does not wait for the calls. */
    void run(Consumer<ToolLoop> begin) {
        ToolLoop next = new ToolLoop(buffer, allowing(), this::ended, () -> scheduler.run(port::waits));
        synchronized (this) {
            if (cancelled) {
                return;
            }
            running = next;
        }
        begin.accept(next);
        lookAgain(next);
    }

    /** With what a person has allowed for the conversation; about the rest, and where the database is away, he is asked. */
    private Toolbox allowing() {
        try {
            opened = toolbox().allowing(port.allowed());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The database does not say what is allowed; the person is asked.", e);
        }
        return toolbox();
    }

    private void lookAgain(ToolLoop loop) {
        if (loop.asks()) {
            scheduler.run(LOOK, () -> {
                poll();
                lookAgain(loop);
            });
        }
    }

    /** Sees what a person has decided about calls while others run. */
    void poll() {
        ToolLoop loop;
        synchronized (this) {
            loop = running;
        }
        if (loop == null || !loop.asks()) {
            return;
        }
        try {
            allowing();
            loop.poll(port.decided());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The database does not say what was decided; it is asked again.", e);
        }
    }

    /** What the tools have answered is saved first: the model is told what the database holds. */
    private void ended() {
        buffer.whenSaved(() -> scheduler.run(() -> {
            synchronized (this) {
                running = null;
            }
            then.run();
        }));
    }

    /** Ends all calls; nothing follows. */
    void cancel() {
        ToolLoop loop;
        synchronized (this) {
            cancelled = true;
            loop = running;
        }
        if (loop != null) {
            loop.cancel();
        }
    }
}
