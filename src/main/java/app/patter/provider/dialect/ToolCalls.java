package app.patter.provider.dialect;

import app.patter.chat.ToolCall;
import app.patter.provider.ChatRequest;
import app.patter.provider.Delta;
import app.patter.provider.SurrogateJoiner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of one answer while their pieces arrive: in parallel, interleaved, with ids, indexes, both or neither.
 * Pure; one object per stream.
 */
final class ToolCalls {

    private final String mark;
    private final List<Call> calls = new ArrayList<>();

    /** Calls of an answer to the prompt with that {@linkplain ChatRequest#mark() mark}. */
    ToolCalls(String mark) {
        this.mark = mark;
    }

    /**
     * The call that a piece belongs to; a new one if it belongs to none so far. Some servers give all calls the same
     * index and tell them apart by id, some repeat neither.
     *
     * @param index null if there is none
     * @param id empty if there is none
     * @param name empty if there is none
     */
    Call at(@Nullable Long index, String id, String name) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            Call call = calls.get(i);
            if (index == null ? call.isOf(id, name) : index.equals(call.index) && call.mayBe(id)) {
                return call;
            }
        }
        Call call = new Call(index, ToolCall.idFor(mark, calls.size() + 1));
        calls.add(call);
        return call;
    }

    /** A call that came in one piece. */
    void whole(String id, String name, String arguments, Consumer<Delta> out) {
        Call call = new Call(null, ToolCall.idFor(mark, calls.size() + 1));
        calls.add(call);
        call.named(id, name, out);
        call.more(arguments, out);
        call.ready(out);
    }

    /** Every call has come whole. */
    void ready(Consumer<Delta> out) {
        calls.forEach(call -> call.ready(out));
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** All of them, in the order in which they began. */
    List<Call> all() {
        return List.copyOf(calls);
    }

    /** One of them. */
    final class Call {

        private final @Nullable Long index;
        private final SurrogateJoiner whole = new SurrogateJoiner();
        private final StringBuilder arguments = new StringBuilder();
        private String id;
        private String given = "";
        private String name = "";
        private boolean ready;

        private Call(@Nullable Long index, String madeUp) {
            this.index = index;
            this.id = madeUp;
        }

        private boolean isOf(String otherId, String otherName) {
            return otherId.isEmpty() ? otherName.isEmpty() : otherId.equals(given);
        }

        private boolean mayBe(String otherId) {
            return otherId.isEmpty() || given.isEmpty() || otherId.equals(given);
        }

        /** Starts the call when its name comes, with the id known by then; later ones are repetitions. */
        void named(String newId, String newName, Consumer<Delta> out) {
            if (name.isEmpty()) {
                if (!newId.isEmpty()) {
                    given = newId;
                    id = isTaken(newId) ? id : SurrogateJoiner.of(newId);
                }
                name = SurrogateJoiner.of(newName);
                if (!name.isEmpty()) {
                    out.accept(new Delta.ToolStarted(id, name));
                    handOver(arguments.toString(), out);
                }
            }
        }

        /** Some servers give calls that they tell apart by index the same id. */
        private boolean isTaken(String newId) {
            return index != null && calls.stream().anyMatch(call -> call != this && call.given.equals(newId));
        }

        void more(String piece, Consumer<Delta> out) {
            String next = whole.next(piece);
            arguments.append(next);
            if (!name.isEmpty()) {
                handOver(next, out);
            }
        }

        private void handOver(String piece, Consumer<Delta> out) {
            if (!piece.isEmpty()) {
                out.accept(new Delta.ToolArguments(id, piece));
            }
        }

        /** The call has come whole; a call without arguments has an empty object of them. */
        void ready(Consumer<Delta> out) {
            if (!ready && !name.isEmpty()) {
                ready = true;
                out.accept(new Delta.ToolReady(call()));
            }
        }

        ToolCall call() {
            return new ToolCall(id, name, arguments.isEmpty() ? "{}" : arguments.toString());
        }

        boolean hasArguments() {
            return !arguments.isEmpty();
        }
    }
}
