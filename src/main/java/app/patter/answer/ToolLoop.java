package app.patter.answer;

import app.patter.chat.ToolCall;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEvent.Progress;
import app.patter.journal.AnswerBuffer;
import app.patter.journal.Completion;
import app.patter.json.JsonFactories;
import app.patter.tool.AvailableTool;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolException;
import app.patter.tool.ToolInvocation;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one round: those that are allowed run side by side, and about the others a person is asked meanwhile. When
 * only those are left, the answer waits, as a state in the database. What happens to a call is written as it happens.
 * Thread-safe.
 */
final class ToolLoop {

    private static final Logger LOG = System.getLogger(ToolLoop.class.getName());

    /** Shortest time between two notes of one call's progress. */
    private static final long PROGRESS = TimeUnit.MILLISECONDS.toNanos(500);

    private final AnswerBuffer buffer;
    private final Toolbox toolbox;
    private final Runnable then;
    private final Runnable waits;

    /** Guarded by this. */
    private final List<Runnable> cancels = new ArrayList<>();

    /** Guarded by this. */
    private int open;

    /** The calls about which a person is asked, by their ids. Guarded by this. */
    private final Map<String, Making> asking = new LinkedHashMap<>();

    /** Whether nothing begins here any more. Guarded by this. */
    private boolean over;

    /** Guarded by this. */
    private boolean cancelled;

    /**
     * Of the two, one runs, once and on any thread.
     *
     * @param then  when every call has a result
     * @param waits when it is saved that the answer waits for a person
     */
    ToolLoop(AnswerBuffer buffer, Toolbox toolbox, Runnable then, Runnable waits) {
        this.buffer = buffer;
        this.toolbox = toolbox;
        this.then = then;
        this.waits = waits;
    }

    /** Begins with calls that the model has just made; returns at once. */
    void begin(List<ToolCall> calls) {
        begin(calls, Set.of(), Map.of(), false);
    }

    /**
     * Goes on with calls that have no result yet; returns at once.
     *
     * @param begun   ids of those that were made before; nobody knows how far they came
     * @param decided what a person has decided about each, by its id; those about which nothing was decided are not made
     */
    void resume(List<ToolCall> calls, Set<String> begun, Map<String, Boolean> decided) {
        begin(calls, begun, decided, true);
    }

    private void begin(List<ToolCall> calls, Set<String> begun, Map<String, Boolean> decided, boolean again) {
        buffer.enter(MessageState.CALLING);
        synchronized (this) {
            open = 1; // this method itself
        }
        List<Making> making = new ArrayList<>();
        for (ToolCall call : calls) {
            Boolean decision = decided.get(call.id());
            if (begun.contains(call.id())) {
                result(
                        call,
                        ToolEvent.FAILED,
                        "This call was not run to its end; whether it had an effect is not known.");
            } else if (again && decision == null) {
                result(
                        call,
                        ToolEvent.FAILED,
                        "This call was not made, and had no effect. Call again if it is needed.");
            } else if (Boolean.FALSE.equals(decision)) {
                refuse(call);
            } else {
                possible(call).ifPresent(made -> {
                    if (decision != null || toolbox.allows(made.tool)) {
                        making.add(made);
                    } else {
                        ask(made);
                    }
                });
            }
        }
        synchronized (this) {
            open += making.size();
        }
        make(making);
        done();
    }

    private void refuse(ToolCall call) {
        result(call, ToolEvent.REFUSED, "The person did not allow this call.");
    }

    private void ask(Making made) {
        synchronized (this) {
            asking.put(made.call.id(), made);
        }
        buffer.begin(SegmentKind.TOOL_RESULT, ToolEvent.asks(made.call.id()));
    }

    private void make(List<Making> making) {
        // Saved first: what is not known to have begun may be made again.
        making.forEach(made -> buffer.begin(SegmentKind.TOOL_RESULT, ToolEvent.begun(made.call.id())));
        buffer.whenSaved(() -> making.forEach(Making::start));
    }

    /** Whether a person is asked about calls while others run. */
    synchronized boolean asks() {
        return !over && !cancelled && !asking.isEmpty();
    }

    /**
     * Takes what a person has decided meanwhile about calls that were asked about; returns at once.
     *
     * @param decided as in {@link #resume}; what is decided about other calls does not matter
     */
    void poll(Map<String, Boolean> decided) {
        List<Making> found = new ArrayList<>();
        synchronized (this) {
            if (over || cancelled) {
                return; // whoever goes on with the answer finds it in the database
            }
            asking.values().removeIf(made -> decided.containsKey(made.call.id()) && found.add(made));
            open += found.size();
        }
        List<Making> making = new ArrayList<>(found);
        making.removeIf(made -> !decided.getOrDefault(made.call.id(), false));
        make(making);
        found.removeAll(making);
        found.forEach(made -> {
            refuse(made.call);
            done();
        });
    }

    private Optional<Making> possible(ToolCall call) {
        AvailableTool tool = toolbox.offers().get(call.name());
        Optional<JsonObject> arguments = arguments(call);
        if (tool == null) {
            result(call, ToolEvent.FAILED, "There is no tool of this name.");
        } else if (arguments.isEmpty()) {
            result(call, ToolEvent.FAILED, "The arguments are no JSON object. Call again with whole arguments.");
        } else {
            return Optional.of(new Making(call, tool, arguments.get()));
        }
        return Optional.empty();
    }

    private static Optional<JsonObject> arguments(ToolCall call) {
        try (JsonReader reader = JsonFactories.reader(new StringReader(call.arguments()))) {
            return Optional.of(reader.readObject());
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    /** A call that is made. It ends in time, or when somebody stops it, even if its tool never lets go of its thread. */
    private final class Making {

        private final ToolCall call;
        private final AvailableTool tool;
        private final JsonObject arguments;
        private final CompletableFuture<ToolAnswer> answer = new CompletableFuture<>();

        Making(ToolCall call, AvailableTool tool, JsonObject arguments) {
            this.call = call;
            this.tool = tool;
            this.arguments = arguments;
        }

        void start() {
            long began = System.nanoTime();
            // On the thread that ends it: where tools hold all of the executor's, the end must not wait for them.
            var unused = answer.orTimeout(toolbox.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((said, thrown) -> ended(call, said, thrown, began));
            synchronized (ToolLoop.this) {
                if (cancelled) {
                    return;
                }
                cancels.add(() -> answer.cancel(false));
            }
            try {
                toolbox.executor().execute(this::run);
            } catch (RejectedExecutionException e) {
                answer.completeExceptionally(new ToolException("Patter is going down."));
            }
        }

        private void run() {
            if (answer.isDone()) {
                return; // nobody waits for it any more
            }
            try {
                ToolInvocation invocation = tool.caller().call(arguments, new Noted(call));
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

        private void answered(@Nullable ToolAnswer said, @Nullable Throwable thrown) {
            if (said != null) {
                answer.complete(said);
            } else {
                answer.completeExceptionally(thrown == null ? new IllegalStateException("no answer") : thrown);
            }
        }
    }

    /** Writes down how far a call is, but not each time that it says so. */
    private final class Noted implements Consumer<Progress> {

        private final ToolCall call;
        private long last = System.nanoTime() - PROGRESS;

        Noted(ToolCall call) {
            this.call = call;
        }

        @Override
        public synchronized void accept(Progress progress) {
            long now = System.nanoTime();
            boolean whole = Double.isFinite(progress.reached())
                    && (progress.total() == null || Double.isFinite(progress.total()));
            if (whole && now - last >= PROGRESS) {
                last = now;
                buffer.begin(SegmentKind.TOOL_RESULT, ToolEvent.progress(call.id(), progress));
            }
        }
    }

    private void ended(ToolCall call, @Nullable ToolAnswer answer, @Nullable Throwable thrown, long began) {
        if (thrown instanceof CancellationException) {
            done(); // whoever stopped it has ended the answer
            return;
        }
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
        try {
            if (answer == null) {
                result(call, ToolEvent.FAILED, why(call, thrown));
            } else {
                List<String> images = keep(answer);
                String state = answer.failed() ? ToolEvent.FAILED : ToolEvent.DONE;
                buffer.begin(
                        SegmentKind.TOOL_RESULT,
                        ToolEvent.result(call.id(), state, millis, images, whole(answer.text())));
            }
        } finally {
            done();
        }
    }

    private List<String> keep(ToolAnswer answer) {
        if (answer.images().isEmpty()) {
            return List.of();
        }
        try {
            return toolbox.images().save(buffer.ticket().message(), answer.images());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Pictures of a tool could not be saved: {0}", e.getClass());
            return List.of();
        }
    }

    /** What the database takes. */
    private static String whole(String text) {
        return text.replace('\u0000', '\uFFFD');
    }

    private String why(ToolCall call, @Nullable Throwable thrown) {
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

    private void result(ToolCall call, String state, String text) {
        buffer.begin(SegmentKind.TOOL_RESULT, ToolEvent.result(call.id(), state, 0, List.of(), text));
    }

    private void done() {
        boolean waiting;
        synchronized (this) {
            open--;
            if (open > 0 || cancelled) {
                return;
            }
            over = true;
            waiting = !asking.isEmpty();
        }
        if (waiting) {
            var unused = buffer.end(Completion.plain(MessageState.WAITING)).thenAccept(outcome -> {
                if (outcome == AnswerBuffer.Outcome.SAVED) {
                    waits.run();
                }
            });
        } else {
            then.run();
        }
    }

    /** Ends all calls; nothing follows. */
    void cancel() {
        List<Runnable> running;
        synchronized (this) {
            cancelled = true;
            running = List.copyOf(cancels);
        }
        running.forEach(Runnable::run);
    }
}
