package app.patter.answer;

import app.patter.chat.ToolCall;
import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEvent.Outcome;
import app.patter.tool.AvailableTool;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolException;
import app.patter.tool.ToolInvocation;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A call that may be made. It ends in time, or when somebody stops it, even if its tool never lets go of its thread; what
 * came of it is written by then. Thread-safe.
 */
final class PendingCall {

    private static final Logger LOG = System.getLogger(PendingCall.class.getName());

    private final ToolCall call;
    private final AvailableTool tool;
    private final JsonObject arguments;
    private final UUID message;
    private final Toolbox toolbox;
    private final ToolEventWriter events;
    private final CompletableFuture<ToolAnswer> answer = new CompletableFuture<>();

    /** @param message whose answer it is */
    PendingCall(
            ToolCall call,
            AvailableTool tool,
            JsonObject arguments,
            UUID message,
            Toolbox toolbox,
            ToolEventWriter events) {
        this.call = call;
        this.tool = tool;
        this.arguments = arguments;
        this.message = message;
        this.toolbox = toolbox;
        this.events = events;
    }

    /** The call's id. */
    String id() {
        return call.id();
    }

    /** The tool that is called. */
    AvailableTool tool() {
        return tool;
    }

    /** Begins it; returns at once. */
    void start(Runnable done) {
        long began = System.nanoTime();
        // On the thread that ends it: where tools hold all of the executor's, the end must not wait for them.
        var unused = answer.orTimeout(toolbox.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((said, thrown) -> {
                    try {
                        ended(said, thrown, began);
                    } finally {
                        done.run();
                    }
                });
        try {
            toolbox.executor().execute(this::run);
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new ToolException("Patter is going down."));
        }
    }

    /** Ends it without a result; also before it has begun. */
    void cancel() {
        answer.cancel(false);
    }

    private void run() {
        if (answer.isDone()) {
            return; // nobody waits for it any more
        }
        try {
            ToolInvocation invocation =
                    tool.caller().call(arguments, new ProgressThrottle(this::note, System::nanoTime));
            var unused = answer.whenComplete((said, thrown) -> {
                if (thrown instanceof TimeoutException || thrown instanceof CancellationException) {
                    invocation.cancel().run();
                }
            });
            var unusedToo = invocation.answer().whenCompleteAsync(this::answered, toolbox.executor());
        } catch (Throwable e) { // an Error too would leave the round waiting for ever
            answer.completeExceptionally(e);
        }
    }

    private void note(ToolEvent.Progress progress) {
        events.write(new ToolEvent.Progressed(call.id(), progress));
    }

    private void answered(@Nullable ToolAnswer said, @Nullable Throwable thrown) {
        if (said != null) {
            answer.complete(said);
        } else {
            answer.completeExceptionally(thrown == null ? new IllegalStateException("no answer") : thrown);
        }
    }

    private void ended(@Nullable ToolAnswer said, @Nullable Throwable thrown, long began) {
        if (thrown instanceof CancellationException) {
            return; // whoever stopped it has ended the answer
        }
        if (said == null) {
            events.write(new ToolEvent.Ended(call.id(), Outcome.FAILED, why(thrown)));
            return;
        }
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        Outcome outcome = said.failed() ? Outcome.FAILED : Outcome.DONE;
        events.write(new ToolEvent.Ended(call.id(), outcome, millis, keep(said), storable(said.text())));
    }

    private List<String> keep(ToolAnswer said) {
        if (said.images().isEmpty()) {
            return List.of();
        }
        try {
            return toolbox.images().save(message, said.images());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Pictures of a tool could not be saved: {0}", e.getClass());
            return List.of();
        }
    }

    /** What the database takes. */
    private static String storable(String text) {
        return text.replace('\u0000', '\uFFFD');
    }

    private String why(@Nullable Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof TimeoutException) {
            return "The tool did not answer within " + toolbox.timeout().toSeconds() + " s.";
        }
        if (cause instanceof ToolException known) {
            return known.message();
        }
        LOG.log(Level.ERROR, "The tool " + call.name() + " failed", cause);
        return "The tool failed; Patter's log has the cause.";
    }
}
