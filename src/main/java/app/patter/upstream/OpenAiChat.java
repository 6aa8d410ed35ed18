package app.patter.upstream;

import jakarta.json.JsonException;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The dialect of OpenAI's chat completions, which most model servers speak. Builds the request and reads the stream.
 *
 * <p>Source: OpenAI API reference, "Create chat completion" and "The chat completion chunk object"; the field {@code
 * reasoning_content} is from vLLM, DeepSeek and llama.cpp, {@code reasoning} from OpenRouter and Ollama. Only the
 * choice with index 0 counts. Finish reasons stay the provider's strings. {@code [DONE]} is optional: some servers
 * never send it.
 */
final class OpenAiChat implements Dialect {

    /** How a server is told to go on from the text of a last turn that is the assistant's. */
    enum Continuation {
        /** It does so by itself (Ollama, llama.cpp). */
        NATIVE,
        /** It wants two flags (vLLM). */
        FLAGS,
        /** It would begin a new answer, so it is asked in words (OpenAI and everything unknown). */
        WORDS
    }

    private static final String GO_ON =
            "Go on from exactly where your last message ends, as if it had not been cut. Repeat nothing of it and do"
                    + " not comment on this request.";

    private final Faults faults;
    private final WholeText text = new WholeText();
    private final WholeText reasoning = new WholeText();
    private String finish = "";
    private Delta.@Nullable Usage usage;

    // What the payload at hand holds; handed over once it is known to be well-formed to its end.
    private final StringBuilder newText = new StringBuilder();
    private final StringBuilder newReasoning = new StringBuilder();
    private boolean error;

    OpenAiChat(Faults faults) {
        this.faults = faults;
    }

    /** The body of the request for a streamed answer, in JSON. */
    static String request(Prompt prompt, Continuation continuation) {
        StringWriter json = new StringWriter();
        try (JsonGenerator out = Json.generator(json)) {
            out.writeStartObject().write("model", prompt.model()).write("stream", true);
            out.writeStartObject("stream_options").write("include_usage", true).writeEnd();
            out.writeStartArray("messages");
            prompt.turns().forEach(turn -> message(out, turn));
            if (prompt.continues() && continuation == Continuation.WORDS) {
                message(out, new Turn(Role.USER, GO_ON));
            }
            out.writeEnd();
            if (prompt.continues() && continuation == Continuation.FLAGS) {
                out.write("continue_final_message", true).write("add_generation_prompt", false);
            }
            out.writeEnd();
        }
        return json.toString();
    }

    private static void message(JsonGenerator out, Turn turn) {
        String role =
                switch (turn.role()) {
                    case SYSTEM -> "system";
                    case USER -> "user";
                    case ASSISTANT -> "assistant";
                };
        out.writeStartObject().write("role", role).write("content", turn.text()).writeEnd();
    }

    @Override
    public void payload(String data, Consumer<Delta> out) {
        if (data.isBlank()) {
            return;
        }
        if (data.strip().equals("[DONE]")) {
            end(out);
            return;
        }
        newText.setLength(0);
        newReasoning.setLength(0);
        error = false;
        try (JsonParser parser = Json.parser(new StringReader(data))) {
            chunk(parser);
            if (parser.hasNext()) {
                parser.next();
            }
        } catch (JsonException | IllegalStateException | NoSuchElementException e) {
            out.accept(faults.garbage(data));
            return;
        }
        handOver(data, out);
    }

    private void handOver(String data, Consumer<Delta> out) {
        if (!newReasoning.isEmpty()) {
            String whole = reasoning.next(newReasoning.toString());
            if (!whole.isEmpty()) {
                out.accept(new Delta.Reasoning(whole));
            }
        }
        if (!newText.isEmpty()) {
            String whole = text.next(newText.toString());
            if (!whole.isEmpty()) {
                out.accept(new Delta.Text(whole));
            }
        }
        if (error) {
            out.accept(faults.errorInside(data));
        }
    }

    @Override
    public void end(Consumer<Delta> out) {
        String heldReasoning = reasoning.end();
        if (!heldReasoning.isEmpty()) {
            out.accept(new Delta.Reasoning(heldReasoning));
        }
        String heldText = text.end();
        if (!heldText.isEmpty()) {
            out.accept(new Delta.Text(heldText));
        }
        if (usage != null) {
            out.accept(usage);
        }
        out.accept(finish.isEmpty() ? faults.truncated() : new Delta.Finished(finish));
    }

    private void chunk(JsonParser parser) {
        expect(parser.next(), Event.START_OBJECT);
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            switch (parser.getString()) {
                case "choices" -> choices(parser);
                case "usage" -> usage(parser);
                case "error" -> error(parser);
                case "object" -> {
                    // vLLM: {"object":"error","message":…}
                    if ("error".equals(string(parser))) {
                        error = true;
                    }
                }
                default -> Json.skip(parser);
            }
        }
    }

    private void error(JsonParser parser) {
        Event event = parser.next();
        error |= event != Event.VALUE_NULL && event != Event.VALUE_FALSE;
        Json.skip(parser, event);
    }

    private void choices(JsonParser parser) {
        Event event = parser.next();
        if (event != Event.START_ARRAY) {
            Json.skip(parser, event); // null in usage chunks of some servers
            return;
        }
        for (event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            if (event == Event.START_OBJECT) {
                choice(parser);
            } else {
                Json.skip(parser, event);
            }
        }
    }

    /** Index may come after delta, so what a choice holds is taken back if it turns out to be another one's. */
    private void choice(JsonParser parser) {
        int textBefore = newText.length();
        int reasoningBefore = newReasoning.length();
        String finishBefore = finish;
        boolean first = true;
        for (Event event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            switch (parser.getString()) {
                case "index" -> first = number(parser) == 0;
                case "delta", "message" -> delta(parser); // "message": a server that ignores stream:true
                case "finish_reason" -> {
                    String reason = string(parser);
                    finish = reason.isEmpty() ? finish : reason;
                }
                default -> Json.skip(parser);
            }
        }
        if (!first) {
            newText.setLength(textBefore);
            newReasoning.setLength(reasoningBefore);
            finish = finishBefore;
        }
    }

    private void delta(JsonParser parser) {
        Event event = parser.next();
        if (event != Event.START_OBJECT) {
            Json.skip(parser, event);
            return;
        }
        boolean thought = false;
        for (event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            switch (parser.getString()) {
                case "content", "refusal" -> newText.append(string(parser));
                case "reasoning_content", "reasoning" -> {
                    // vLLM sends the same text under both names while it moves from the one to the other
                    String piece = string(parser);
                    if (!thought) {
                        newReasoning.append(piece);
                        thought = !piece.isEmpty();
                    }
                }
                default -> Json.skip(parser);
            }
        }
    }

    private void usage(JsonParser parser) {
        Event event = parser.next();
        if (event != Event.START_OBJECT) {
            Json.skip(parser, event); // null in all chunks but the last
            return;
        }
        long input = 0;
        long output = 0;
        long cached = 0;
        long thought = 0;
        for (event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            switch (parser.getString()) {
                case "prompt_tokens" -> input = number(parser);
                case "completion_tokens" -> output = number(parser);
                case "prompt_tokens_details" -> cached = detail(parser, "cached_tokens");
                case "completion_tokens_details" -> thought = detail(parser, "reasoning_tokens");
                default -> Json.skip(parser);
            }
        }
        usage = new Delta.Usage(input, output, cached, thought);
    }

    private static long detail(JsonParser parser, String name) {
        Event event = parser.next();
        if (event != Event.START_OBJECT) {
            Json.skip(parser, event);
            return 0;
        }
        long found = 0;
        for (event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            if (parser.getString().equals(name)) {
                found = number(parser);
            } else {
                Json.skip(parser);
            }
        }
        return found;
    }

    /** The string that follows, or an empty one for anything else. */
    private static String string(JsonParser parser) {
        Event event = parser.next();
        if (event == Event.VALUE_STRING) {
            return parser.getString();
        }
        Json.skip(parser, event);
        return "";
    }

    /** The number that follows, or 0 for anything else. */
    private static long number(JsonParser parser) {
        Event event = parser.next();
        if (event == Event.VALUE_NUMBER) {
            return Json.number(parser);
        }
        Json.skip(parser, event);
        return 0;
    }

    private static void expect(Event event, Event expected) {
        if (event != expected) {
            throw new IllegalStateException("expected " + expected);
        }
    }
}
