package app.patter.generation;

import app.patter.conversation.Kind;
import app.patter.conversation.State;
import app.patter.journal.Draft;
import app.patter.journal.End;
import app.patter.upstream.Delta;
import app.patter.upstream.Deltas;
import app.patter.upstream.NativeTurn;
import app.patter.upstream.Upstream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One running answer: what the upstream sends goes into the draft, until either side ends it. A model that fails before
 * it has written anything is asked again, or another one in its place, as the {@link Plan} says.
 */
final class Generation {

    private static final String EMPTY = "The model ended without writing anything. Try again, or choose another model.";

    private static final String UNASKED = "Patter could not ask the model. Try again; the log has the cause.";

    private static final Logger LOG = System.getLogger(Generation.class.getName());

    private final Draft draft;
    private final Plan plan;
    private final Asking asking;
    private final Later later;
    private final GenerationMeters meters;
    private final boolean continues;
    private final long began = System.nanoTime();

    /** Guarded by this. */
    private Upstream.@Nullable Call call;

    /** Guarded by this. */
    private boolean stopped;

    private boolean wrote;
    private int tries;
    private final String first;

    /** Asks a model for this answer; returns at once. */
    @FunctionalInterface
    interface Asking {
        Upstream.Call ask(String model, Deltas deltas);
    }

    /** Does something after a while, on another thread. */
    @FunctionalInterface
    interface Later {
        void run(Duration pause, Runnable work);
    }

    Generation(Draft draft, Plan plan, Asking asking, Later later, GenerationMeters meters) {
        this.draft = draft;
        this.plan = plan;
        this.asking = asking;
        this.later = later;
        this.meters = meters;
        this.first = draft.assignment().model();
        this.continues = draft.assignment().lastKind() == Kind.TEXT;
        draft.outcome().thenAccept(outcome -> {
            if (outcome == Draft.Outcome.REFUSED) {
                cancel();
            }
        });
    }

    /** Asks the model; returns at once. */
    void ask() {
        if (isStopped()) {
            return;
        }
        draft.enter(State.CONNECTING);
        try {
            runs(asking.ask(plan.model(), new Attempt()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Message " + draft.assignment().message() + " could not be started", e);
            draft.end(new End(State.FAILED, UNASKED, null, null, null));
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** The connection that was opened for this answer; closed at once if it was stopped meanwhile. */
    private void runs(Upstream.Call opened) {
        synchronized (this) {
            call = opened;
            if (!stopped) {
                return;
            }
        }
        opened.cancel();
    }

    private void failed(Delta.Failed failed, End end) {
        if (failed.kind() == Delta.Failed.Kind.CANCELLED) {
            draft.end(end); // it has its end already: whoever cancelled the call ended the draft first
            return;
        }
        String model = plan.model();
        meters.failed(model, failed.kind());
        if (wrote || isStopped()) {
            draft.end(end);
            return;
        }
        plan.after(failed, Duration.ofNanos(System.nanoTime() - began))
                .ifPresentOrElse(next -> tryAgain(next, model), () -> draft.end(afterAll(end)));
    }

    /** What people are told when every try has failed. */
    private End afterAll(End last) {
        if (tries == 0) {
            return last;
        }
        String models = draft.assignment().model().equals(first) ? "" : ", the last of them with another model";
        String problem = last.problem() + " Patter has tried " + (tries + 1) + " times" + models + ".";
        return new End(last.state(), problem, last.finish(), last.inputTokens(), last.outputTokens());
    }

    private void tryAgain(Plan.Next next, String before) {
        tries++;
        if (next.model().equals(before)) {
            meters.retries(before);
        } else {
            meters.fallsBack(before, next.model());
            draft.answeredBy(next.model());
        }
        draft.enter(State.QUEUED);
        later.run(next.pause(), this::ask);
    }

    /** Ends the answer with what it has so far; harmless when it has ended already. */
    CompletionStage<Draft.Outcome> stop(State state) {
        CompletionStage<Draft.Outcome> outcome = draft.end(End.plain(state));
        cancel();
        return outcome;
    }

    private void cancel() {
        Upstream.Call opened;
        synchronized (this) {
            stopped = true;
            opened = call;
        }
        if (opened != null) {
            opened.cancel();
        }
    }

    /** One call of one model; the upstream calls it from one thread at a time and ends it exactly once. */
    private final class Attempt implements Deltas {

        private Delta.@Nullable Usage usage;
        private @Nullable NativeTurn own;
        private int leftOut;

        @Override
        public void accept(Delta delta) {
            if (delta instanceof Delta.LeftOut beginning) {
                leftOut = beginning.turns();
            } else if (delta instanceof Delta.Reasoning reasoning) {
                write(State.THINKING, Kind.REASONING, reasoning.text());
            } else if (delta instanceof Delta.Text text) {
                write(State.WRITING, Kind.TEXT, text.text());
            } else if (delta instanceof Delta.Usage counted) {
                usage = counted;
            } else if (delta instanceof Delta.Kept kept) {
                own = continues ? null : kept.turn(); // which would be only the end of this answer
            } else if (delta instanceof Delta.Finished finished) {
                draft.end(
                        wrote || continues
                                ? end(State.DONE, null, finished.reason())
                                : end(State.FAILED, EMPTY, finished.reason()));
            } else if (delta instanceof Delta.Failed failed) {
                failed(failed, end(State.FAILED, failed.message(), null));
            }
        }

        private static String toldWithout(int messages) {
            return "This conversation is longer than the model can take in. Its "
                    + (messages == 1 ? "oldest message was" : messages + " oldest messages were") + " not told to it.";
        }

        private void write(State phase, Kind kind, String text) {
            if (!wrote) {
                wrote = true;
                meters.begins(plan.model(), System.nanoTime() - began);
                if (leftOut > 0 && !continues) {
                    draft.append(Kind.NOTICE, toldWithout(leftOut));
                }
            }
            meters.token();
            draft.enter(phase);
            draft.append(kind, text);
        }

        private End end(State state, @Nullable String problem, @Nullable String finish) {
            Delta.Usage counted = usage;
            return new End(
                    state,
                    problem,
                    finish,
                    counted == null ? null : counted.input(),
                    counted == null ? null : counted.output(),
                    own);
        }

        @Override
        public void whenReady(Runnable next) {
            draft.whenRoom(next);
        }
    }
}
