package app.patter.answer;

import app.patter.chat.ToolCall;
import app.patter.conversation.MessageState;
import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEvent.Outcome;
import app.patter.journal.AnswerBuffer;
import app.patter.journal.Completion;
import app.patter.json.Json;
import app.patter.tool.AvailableTool;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The calls of one round: those that are allowed run side by side, and about the others a person is asked meanwhile. When
 * only those are left, the answer waits, as a state in the database. What happens to a call is written as it happens.
 * Thread-safe.
 */
final class ToolLoop {

    private final AnswerBuffer buffer;
    private final Toolbox toolbox;
    private final ToolEventWriter events;
    private final Runnable then;
    private final Runnable waits;

    /** Guarded by this. */
    private final List<PendingCall> running = new ArrayList<>();

    /** Guarded by this. */
    private int open;

    /** The calls about which a person is asked, by their ids. Guarded by this. */
    private final Map<String, PendingCall> asking = new LinkedHashMap<>();

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
        this.events = new ToolEventWriter(buffer);
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
        List<PendingCall> making = new ArrayList<>();
        for (ToolCall call : calls.subList(Math.min(toolbox.mostCalls(), calls.size()), calls.size())) {
            result(
                    call,
                    Outcome.FAILED,
                    "This call was not made: at most " + toolbox.mostCalls()
                            + " are made at once. Call again if it is needed.");
        }
        for (ToolCall call : calls.subList(0, Math.min(toolbox.mostCalls(), calls.size()))) {
            Boolean decision = decided.get(call.id());
            if (begun.contains(call.id())) {
                result(
                        call,
                        Outcome.FAILED,
                        "This call was not run to its end; whether it had an effect is not known.");
            } else if (again && decision == null) {
                result(call, Outcome.FAILED, "This call was not made, and had no effect. Call again if it is needed.");
            } else if (Boolean.FALSE.equals(decision)) {
                refuse(call.id());
            } else {
                possible(call).ifPresent(made -> {
                    if (decision != null || toolbox.allows(made.tool())) {
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

    private void refuse(String call) {
        events.write(new ToolEvent.Ended(call, Outcome.REFUSED, "The person did not allow this call."));
    }

    private void ask(PendingCall made) {
        synchronized (this) {
            asking.put(made.id(), made);
        }
        events.write(new ToolEvent.Asked(made.id()));
    }

    private void make(List<PendingCall> making) {
        // Saved first: what is not known to have begun may be made again.
        making.forEach(made -> events.write(new ToolEvent.Begun(made.id())));
        buffer.whenSaved(() -> making.forEach(this::start));
    }

    private void start(PendingCall call) {
        synchronized (this) {
            if (cancelled) {
                return;
            }
            running.add(call);
        }
        call.start(this::done);
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
        List<PendingCall> found = new ArrayList<>();
        synchronized (this) {
            if (over || cancelled) {
                return; // whoever goes on with the answer finds it in the database
            }
            asking.values().removeIf(made -> decided.containsKey(made.id()) && found.add(made));
            open += found.size();
        }
        List<PendingCall> making = new ArrayList<>(found);
        making.removeIf(made -> !decided.getOrDefault(made.id(), false));
        make(making);
        found.removeAll(making);
        found.forEach(made -> {
            refuse(made.id());
            done();
        });
    }

    private Optional<PendingCall> possible(ToolCall call) {
        AvailableTool tool = toolbox.offers().get(call.name());
        Optional<JsonObject> arguments = Json.object(call.arguments()); // none if anything follows the object
        if (tool == null) {
            result(call, Outcome.FAILED, "There is no tool of this name.");
        } else if (arguments.isEmpty()) {
            result(call, Outcome.FAILED, "The arguments are no JSON object. Call again with whole arguments.");
        } else {
            return Optional.of(
                    new PendingCall(call, tool, arguments.get(), buffer.ticket().message(), toolbox, events));
        }
        return Optional.empty();
    }

    private void result(ToolCall call, Outcome outcome, String text) {
        events.write(new ToolEvent.Ended(call.id(), outcome, text));
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
        List<PendingCall> all;
        synchronized (this) {
            cancelled = true;
            all = List.copyOf(running);
        }
        all.forEach(PendingCall::cancel);
    }
}
