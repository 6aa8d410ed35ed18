package app.patter.generation;

import app.patter.conversation.Kind;
import app.patter.conversation.State;
import app.patter.journal.Draft;
import app.patter.journal.End;
import app.patter.upstream.Delta;
import app.patter.upstream.Deltas;
import app.patter.upstream.Upstream;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One running answer: what the upstream sends goes into the draft, until either side ends it. */
final class Generation implements Deltas {

    private static final String EMPTY = "The model ended without writing anything. Try again, or choose another model.";

    private final Draft draft;
    private Upstream.@Nullable Call call;
    private boolean stopped;
    private Delta.@Nullable Usage usage;
    private boolean wrote;

    Generation(Draft draft) {
        this.draft = draft;
        this.wrote = draft.assignment().lastKind() == Kind.TEXT;
        draft.outcome().thenAccept(outcome -> {
            if (outcome == Draft.Outcome.REFUSED) {
                cancel();
            }
        });
    }

    Draft draft() {
        return draft;
    }

    /** The connection that was opened for this answer; closed at once if it was stopped meanwhile. */
    void runs(Upstream.Call opened) {
        synchronized (this) {
            call = opened;
            if (!stopped) {
                return;
            }
        }
        opened.cancel();
    }

    @Override
    public void accept(Delta delta) {
        if (delta instanceof Delta.Reasoning reasoning) {
            draft.enter(State.THINKING);
            draft.append(Kind.REASONING, reasoning.text());
            wrote = true;
        } else if (delta instanceof Delta.Text text) {
            draft.enter(State.WRITING);
            draft.append(Kind.TEXT, text.text());
            wrote = true;
        } else if (delta instanceof Delta.Usage counted) {
            usage = counted;
        } else if (delta instanceof Delta.Finished finished) {
            draft.end(wrote ? end(State.DONE, null, finished.reason()) : end(State.FAILED, EMPTY, finished.reason()));
        } else if (delta instanceof Delta.Failed failed) {
            // A cancelled call has its end already: whoever cancelled it ended the draft first.
            draft.end(end(State.FAILED, failed.message(), null));
        }
    }

    private End end(State state, @Nullable String problem, @Nullable String finish) {
        Delta.Usage counted = usage;
        return counted == null
                ? new End(state, problem, finish, null, null)
                : new End(state, problem, finish, counted.input(), counted.output());
    }

    @Override
    public void whenReady(Runnable next) {
        draft.whenRoom(next);
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
}
