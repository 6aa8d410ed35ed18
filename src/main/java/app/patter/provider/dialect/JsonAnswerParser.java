package app.patter.provider.dialect;

import app.patter.chat.ProviderMessage;
import app.patter.json.Json;
import app.patter.provider.AnswerParser;
import app.patter.provider.Delta;
import app.patter.provider.RequestContext;
import app.patter.provider.SurrogateJoiner;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the parsers of all dialects share: payloads are JSON objects, text comes in pieces, an answer has one end. */
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

    final RequestContext context;
    final ToolCalls calls;

    private final SurrogateJoiner text = new SurrogateJoiner();
    private final SurrogateJoiner reasoning = new SurrogateJoiner();
    private Delta.@Nullable Usage usage;
    private String finish = "";

    public JsonAnswerParser(RequestContext context) {
        this.context = context;
        this.calls = new ToolCalls(context.mark());
    }

    @Override
    public final void payload(String data, Consumer<Delta> out) {
        if (data.isBlank()) {
            return;
        }
        if (data.strip().equals("[DONE]")) { // OpenAI's, but gateways send it in other dialects too
            end(out);
            return;
        }
        if (quickly(data, out)) {
            return;
        }
        Optional<JsonObject> event = Json.object(data, UNREAD);
        if (event.isPresent()) {
            event(event.get(), out);
        } else {
            out.accept(context.errors().answer().garbage(data));
        }
    }

    /** Takes a payload of the most frequent kind, without building what it holds; false if it is of another kind. */
    boolean quickly(String data, Consumer<Delta> out) {
        return false;
    }

    /** Takes one payload; what it does not know it skips. */
    public abstract void event(JsonObject event, Consumer<Delta> out);

    @Override
    public final void end(Consumer<Delta> out) {
        reasoned(reasoning.end(), out);
        said(text.end(), out);
        if (usage != null) {
            out.accept(usage);
        }
        if (finish.isEmpty()) {
            out.accept(context.errors().answer().truncated());
            return;
        }
        JsonValue original = own();
        if (original != null) {
            out.accept(
                    new Delta.Original(new ProviderMessage(context.source(), SurrogateJoiner.of(original.toString()))));
        }
        out.accept(new Delta.Finished(finish));
    }

    /** The whole answer in the provider's own form; null where text and tool calls say everything. */
    @Nullable
    JsonValue own() {
        return null;
    }

    public final void text(String piece, Consumer<Delta> out) {
        said(text.next(piece), out);
    }

    final void reasoning(String piece, Consumer<Delta> out) {
        reasoned(reasoning.next(piece), out);
    }

    private static void said(String whole, Consumer<Delta> out) {
        if (!whole.isEmpty()) {
            out.accept(new Delta.Text(whole));
        }
    }

    private static void reasoned(String whole, Consumer<Delta> out) {
        if (!whole.isEmpty()) {
            out.accept(new Delta.Reasoning(whole));
        }
    }

    /** What has been counted so far; the last count is the one that matters, and of nothing there is none. */
    public final void used(long input, long output, long cached, long thought) {
        if (input > 0 || output > 0) {
            usage = new Delta.Usage(input, output, cached, thought);
        }
    }

    /** The provider has said why the answer ends; an empty reason is none. */
    public final void finish(String reason) {
        if (!reason.isEmpty()) {
            finish = SurrogateJoiner.of(reason);
        }
    }

    /** Ends the answer if the payload holds an error, which it may do beside other things. */
    public final void failIfError(JsonObject event, Consumer<Delta> out) {
        JsonValue error = event.getOrDefault("error", JsonValue.NULL);
        if (!error.equals(JsonValue.NULL) && !error.equals(JsonValue.FALSE)) {
            fail(event, out);
        }
    }

    final void fail(JsonObject error, Consumer<Delta> out) {
        out.accept(context.errors().status().inside(error.toString()));
    }
}
