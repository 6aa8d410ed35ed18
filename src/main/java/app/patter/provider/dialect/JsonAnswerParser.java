package app.patter.provider.dialect;

import app.patter.chat.ProviderMessage;
import app.patter.chat.ToolSpec;
import app.patter.json.Json;
import app.patter.provider.AnswerParser;
import app.patter.provider.Delta;
import app.patter.provider.Ending;
import app.patter.provider.RequestContext;
import app.patter.provider.SurrogateJoiner;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the parsers of all dialects share: payloads are JSON objects, text comes in pieces, an answer has one end, and here
 * it is decided whether that is a good one.
 */
public abstract class JsonAnswerParser implements AnswerParser {

    /** What every event of some provider carries and no parser reads. */
    private static final Set<String> UNREAD = Set.of(
            "created",
            "created_at",
            "item_id",
            "logprobs",
            "model",
            "modelVersion",
            "obfuscation",
            "responseId",
            "service_tier",
            "session_id",
            "system_fingerprint",
            "uuid");

    private static final String DONE = "[DONE]";

    /** What a provider's end is called where it has no word of its own. */
    private static final String STOP = "stop";

    /** After that much that nobody can read, and nothing else, no answer is to be expected. */
    private static final int MOST_UNREADABLE = 4_000;

    final RequestContext context;
    final ToolCalls calls;

    final AnswerText said;

    private final StringBuilder unreadable = new StringBuilder();
    private Delta.@Nullable Usage usage;
    private String finish = "";

    /** Whether the last payload was broken, so that the stream does not end between two. */
    private boolean broken;

    /** Whether an object was broken, so that something of the answer may be missing. */
    private boolean gap;

    public JsonAnswerParser(RequestContext context) {
        this.context = context;
        List<ToolSpec> tools = context.tools();
        this.calls = new ToolCalls(
                context.mark(),
                tools == null ? Set.of() : tools.stream().map(ToolSpec::name).collect(Collectors.toSet()));
        this.said = new AnswerText(calls, tools);
    }

    @Override
    public final void payload(String data, Consumer<Delta> out) {
        if (data.isBlank()) {
            return;
        }
        if (isDone(data)) { // OpenAI's, but gateways send it in other dialects too
            finish(finish.isEmpty() ? STOP : finish);
            end(out);
            return;
        }
        if (quickly(data, out)) {
            broken = false;
            return;
        }
        Optional<JsonObject> event = Json.object(data, UNREAD);
        if (event.isPresent()) {
            broken = false;
            event(event.get(), out);
        } else {
            odd(data, out);
        }
    }

    /** Some servers put it between quotation marks. */
    private static boolean isDone(String data) {
        return data.length() < 2 * DONE.length()
                && data.strip().replace("\"", "").replace("'", "").equals(DONE);
    }

    /** Takes a payload that is not one object: it may hold some, and some servers send words to show that they live. */
    private void odd(String data, Consumer<Delta> out) {
        List<JsonFragments.Fragment> objects = JsonFragments.of(data, UNREAD);
        objects.forEach(found -> event(found.object(), out));
        String start = data.strip();
        boolean object = start.startsWith("{") || start.startsWith("[{");
        broken = object && objects.isEmpty();
        gap |= broken;
        if (objects.isEmpty() && unreadable.length() <= MOST_UNREADABLE) {
            unreadable.append(data).append('\n');
        }
        if (unreadable.length() > MOST_UNREADABLE && isSilent()) {
            out.accept(context.errors().answer().garbage(unreadable.toString()));
        }
        if (data.contains("\n" + DONE)) {
            payload(DONE, out);
        }
    }

    private boolean isSilent() {
        return !hasAnswered() && !said.hasThought();
    }

    /** Whether there is more of an answer than reasoning. */
    boolean hasAnswered() {
        return !said.isEmpty() || !calls.isEmpty();
    }

    /** Takes a payload of the most frequent kind, without building what it holds; false if it is of another kind. */
    boolean quickly(String data, Consumer<Delta> out) {
        return false;
    }

    /** Takes one payload; what it does not know it skips. */
    public abstract void event(JsonObject event, Consumer<Delta> out);

    @Override
    public final boolean isComplete() {
        return !finish.isEmpty();
    }

    @Override
    public final void end(Consumer<Delta> out) {
        end(out, false);
    }

    @Override
    public final void cut(Consumer<Delta> out) {
        end(out, true);
    }

    /** The one place where it is decided whether an answer is complete. */
    private void end(Consumer<Delta> out, boolean cut) {
        flush(out);
        if (finish.isEmpty() && !cut && !broken && hasAnswered() && calls.areWhole()) {
            finish = STOP;
        }
        Ending ending = Ending.of(finish);
        if (!finish.isEmpty() && ending != Ending.MALFORMED_CALL && ending != Ending.ERROR) {
            calls.ready(out);
        }
        if (usage != null) {
            out.accept(usage);
        }
        if (finish.isEmpty()) {
            boolean garbage = !cut && isSilent() && !unreadable.isEmpty();
            out.accept(
                    garbage
                            ? context.errors().answer().garbage(unreadable.toString())
                            : context.errors().answer().truncated());
            return;
        }
        if (ending == Ending.MALFORMED_CALL) {
            out.accept(context.errors().answer().malformedCall());
            return;
        }
        if (ending == Ending.ERROR) {
            out.accept(context.errors().answer().failedWithout(finish));
            return;
        }
        JsonValue original = said.hasTags() ? null : own();
        if (original != null) {
            out.accept(
                    new Delta.Original(new ProviderMessage(context.source(), SurrogateJoiner.of(original.toString()))));
        }
        out.accept(new Delta.Finished(finish, gap && ending == Ending.NORMAL ? Ending.GAP : ending));
    }

    /** Hands over what was held back until it is clear what it is. */
    void flush(Consumer<Delta> out) {
        said.end(out);
    }

    /** The whole answer in the provider's own form; null where text and tool calls say everything. */
    @Nullable
    JsonValue own() {
        return null;
    }

    public final void text(String piece, Consumer<Delta> out) {
        said.add(piece, out);
    }

    final void reasoning(String piece, Consumer<Delta> out) {
        said.think(piece, out);
    }

    /** What has been counted so far; the last count is the one that matters, and of nothing there is none. */
    public final void used(long input, long output, long cached, long reasoned) {
        if (input > 0 || output > 0) {
            usage = new Delta.Usage(input, output, cached, reasoned);
        }
    }

    /** The provider has said why the answer ends; an empty reason is none. */
    public final void finish(String reason) {
        if (!reason.isEmpty()) {
            finish = SurrogateJoiner.of(reason);
        }
    }

    /** Ends the answer if the payload is or holds an error, which it may do beside other things. */
    public final void failIfError(JsonObject event, Consumer<Delta> out) {
        if (ErrorShape.isError(event)) {
            fail(event, out);
        }
    }

    final void fail(JsonObject error, Consumer<Delta> out) {
        flush(out);
        out.accept(context.errors().status().inside(error.toString()));
    }
}
