package app.patter.provider.dialect;

import app.patter.chat.ToolCall;
import app.patter.json.Json;
import app.patter.provider.ChatRequest;
import app.patter.provider.Delta;
import app.patter.provider.SurrogateJoiner;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of one answer while their pieces arrive: in parallel, interleaved, with ids, indexes, both or neither;
 * with names and arguments in pieces, or repeated whole. Pure; one object per stream.
 */
final class ToolCalls {

    private static final String NOTHING = "{}";

    private final String mark;
    private final Set<String> tools;
    private final List<Call> calls = new ArrayList<>();

    /**
     * @param mark the {@linkplain ChatRequest#mark() mark} of the prompt
     * @param tools names of the tools that the model was told of, as far as they are known
     */
    ToolCalls(String mark, Set<String> tools) {
        this.mark = mark;
        this.tools = tools;
    }

    /** Arguments in whatever form they are: a text, or the object itself; empty if there are none. */
    static String arguments(JsonObject function, String name) {
        JsonValue found = function.get(name);
        if (found instanceof JsonString text) {
            return text.getString();
        }
        return found instanceof JsonObject object && !object.isEmpty() ? object.toString() : "";
    }

    /** Arguments that a provider takes: what is no object was no use, and many refuse all that follows it. */
    static String sendable(String arguments) {
        return Json.object(arguments).isPresent() ? arguments : NOTHING;
    }

    /**
     * The call that a piece belongs to; a new one if it belongs to none so far. Some servers give all calls the same
     * index and tell them apart by id, some repeat neither, some give each piece another id.
     *
     * @param index null if there is none
     * @param id empty if there is none
     * @param name empty if there is none
     * @param piece of the arguments
     */
    Call at(@Nullable Long index, String id, String name, String piece) {
        for (int i = calls.size() - 1; i >= 0; i--) {
            Call call = calls.get(i);
            if (index == null ? call.isOf(id, name) : index.equals(call.index)) {
                if (call.goesOn(id, name, piece)) {
                    return call;
                }
                break;
            }
        }
        return begin(index);
    }

    /** A new call. */
    Call begin(@Nullable Long index) {
        Call call = new Call(index, ToolCall.idFor(mark, calls.size() + 1));
        calls.add(call);
        return call;
    }

    /** A call that came in one piece. */
    void whole(String id, String name, String arguments, Consumer<Delta> out) {
        Call call = begin(null);
        call.named(id, name, out);
        call.more(arguments, out);
        call.ready(out);
    }

    /** Whether there is a call with that id, or, without one, of that name and with these arguments. */
    boolean has(String id, String name, String arguments) {
        return calls.stream()
                .anyMatch(call -> id.isEmpty()
                        ? call.name.equals(name) && call.arguments.toString().equals(arguments)
                        : id.equals(call.given));
    }

    /** Every call has come whole. */
    void ready(Consumer<Delta> out) {
        calls.forEach(call -> call.ready(out));
    }

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /** Whether each of them has a name and whole arguments. */
    boolean areWhole() {
        return calls.stream().allMatch(call -> !call.name.isEmpty() && call.isWhole());
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
        private boolean started;
        private boolean ready;

        private Call(@Nullable Long index, String madeUp) {
            this.index = index;
            this.id = madeUp;
        }

        private boolean isOf(String otherId, String otherName) {
            return otherId.isEmpty() ? otherName.isEmpty() || otherName.equals(name) : otherId.equals(given);
        }

        /** Whether a piece with that id and name is of this call, not of another at the same place. */
        private boolean goesOn(String otherId, String otherName, String piece) {
            if (otherName.isEmpty() || name.isEmpty()) {
                return true;
            }
            boolean other = !otherId.isEmpty() && !given.isEmpty() && !otherId.equals(given);
            if (!otherName.equals(name)) {
                return arguments.isEmpty() && !other && !tools.contains(otherName);
            }
            if (arguments.isEmpty()) {
                return !other || !piece.isEmpty();
            }
            return !isWhole()
                    || (!other && (piece.isEmpty() || arguments.toString().equals(piece)));
        }

        private boolean isWhole() {
            return arguments.isEmpty() || Json.object(arguments.toString()).isPresent();
        }

        /** Takes a whole name and starts the call, with the id known by then; later ones are repetitions. */
        void named(String newId, String newName, Consumer<Delta> out) {
            takeName(newId, newName);
            start(out);
        }

        /** Takes a piece of a name, or all of it once more; the call starts when its arguments do. */
        void namedInPieces(String newId, String newName, Consumer<Delta> out) {
            calls.stream().filter(call -> call != this).forEach(call -> call.start(out));
            takeName(newId, newName);
            if (!arguments.isEmpty()) {
                start(out);
            }
        }

        private void takeName(String newId, String newName) {
            if (given.isEmpty() && !newId.isEmpty() && !started) {
                given = newId;
                id = isTaken(newId) ? id : SurrogateJoiner.of(newId);
            }
            if (!started && !newName.isEmpty()) {
                boolean again = newName.startsWith(name);
                name = SurrogateJoiner.of(again ? newName : name + newName);
            }
        }

        private void start(Consumer<Delta> out) {
            if (!started && !name.isEmpty()) {
                started = true;
                out.accept(new Delta.ToolStarted(id, name));
                handOver(arguments.toString(), out);
            }
        }

        /** Some servers give calls that they tell apart by index the same id. */
        private boolean isTaken(String newId) {
            return calls.stream().anyMatch(call -> call != this && call.given.equals(newId));
        }

        /** Takes a piece of the arguments, or all of them from the beginning once more. */
        void more(String piece, Consumer<Delta> out) {
            if (!arguments.isEmpty() && piece.startsWith("{") && isAgain(piece)) {
                add(piece.substring(Math.min(piece.length(), arguments.length())), out);
            } else {
                add(piece, out);
            }
        }

        private void add(String piece, Consumer<Delta> out) {
            String next = whole.next(piece);
            arguments.append(next);
            if (started) {
                handOver(next, out);
            } else if (!arguments.isEmpty()) {
                start(out);
            }
        }

        /** An object cannot follow another, nor begin where a value does not. */
        private boolean isAgain(String piece) {
            String before = arguments.toString();
            String bare = before.stripTrailing();
            return !bare.isEmpty() && piece.startsWith(before) && ":,[".indexOf(bare.charAt(bare.length() - 1)) < 0;
        }

        private void handOver(String piece, Consumer<Delta> out) {
            if (!piece.isEmpty()) {
                out.accept(new Delta.ToolArguments(id, piece));
            }
        }

        /** The call has come whole; a call without arguments has an empty object of them. */
        void ready(Consumer<Delta> out) {
            start(out);
            if (!ready && started) {
                ready = true;
                out.accept(new Delta.ToolReady(call()));
            }
        }

        ToolCall call() {
            return new ToolCall(id, name, written());
        }

        /** Some servers write an object into a text twice, and nothing as {@code null}. */
        private String written() {
            String json = arguments.toString();
            if (json.isBlank() || json.equals("null")) {
                return NOTHING;
            }
            boolean text = json.startsWith("\"");
            String inner = text ? Json.text(Json.objectOrEmpty("{\"v\":" + json + "}"), "v") : "";
            return Json.object(inner).isPresent() ? inner : json;
        }

        boolean hasArguments() {
            return !arguments.isEmpty();
        }
    }
}
