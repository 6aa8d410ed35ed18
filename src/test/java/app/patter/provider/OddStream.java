package app.patter.provider;

import static java.util.stream.Collectors.joining;

import app.patter.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The body of an answer that is not quite as it should be, and what is read from it.
 *
 * @param stream what the provider sends
 * @param lost whether the connection is cut after it
 */
public record OddStream(Dialect dialect, String stream, boolean lost) {

    public OddStream(Dialect dialect, String stream) {
        this(dialect, stream, false);
    }

    /** A usual stream of a dialect with one text, which is written as in JSON. */
    public static OddStream saying(Dialect dialect, String text) {
        return of(dialect, text, usualReason(dialect));
    }

    /** A usual stream with another reason for its end. */
    public static OddStream ending(Dialect dialect, String reason) {
        return of(dialect, "One", reason);
    }

    private static String usualReason(Dialect dialect) {
        return switch (dialect.name()) {
            case "anthropic" -> "end_turn";
            case "gemini" -> "STOP";
            case "responses" -> "completed";
            case "agent" -> "success";
            default -> "stop";
        };
    }

    private static OddStream of(Dialect dialect, String text, String reason) {
        return new OddStream(dialect, piece(dialect, text) + end(dialect, reason));
    }

    /** A piece of text, which is written as in JSON. */
    public static String piece(Dialect dialect, String text) {
        return switch (dialect.name()) {
            case "openai" -> event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}");
            case "responses" -> event("{\"type\":\"response.output_text.delta\",\"delta\":\"" + text + "\"}");
            case "anthropic" -> event(block(text));
            case "gemini" -> event("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"" + text + "\"}]}}]}");
            case "ollama" -> "{\"message\":{\"content\":\"" + text + "\"},\"done\":false}\n";
            default -> "{\"type\":\"stream_event\",\"event\":" + block(text) + "}\n";
        };
    }

    private static String block(String text) {
        return "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text
                + "\"}}";
    }

    /** What ends an answer. */
    public static String end(Dialect dialect, String reason) {
        return switch (dialect.name()) {
            case "openai" ->
                event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}")
                        + event("[DONE]");
            case "responses" ->
                event(
                        reason.equals("completed")
                                ? "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}"
                                : "{\"type\":\"response.incomplete\",\"response\":{\"status\":\"incomplete\",\"incomplete_details\":"
                                        + "{\"reason\":\"" + reason + "\"}}}");
            case "anthropic" ->
                event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + reason + "\"}}")
                        + event("{\"type\":\"message_stop\"}");
            case "gemini" -> event("{\"candidates\":[{\"finishReason\":\"" + reason + "\"}]}");
            case "ollama" -> "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"" + reason + "\"}\n";
            default -> "{\"type\":\"result\",\"subtype\":\"" + reason + "\"}\n";
        };
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    /** The same where the connection is cut at its end. */
    public OddStream cut() {
        return new OddStream(dialect, stream, true);
    }

    public boolean isLines() {
        return dialect.framing() == Dialect.Framing.LINES;
    }

    /** All that is read when it arrives at once. */
    public List<Delta> deltas() {
        return deltas(stream.getBytes(StandardCharsets.UTF_8).length);
    }

    /** The same when its bytes arrive in pieces that end there. */
    public List<Delta> deltas(int... ends) {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        return Sample.read(dialect, dialect.framing(), bytes, lost ? AnswerParser::cut : AnswerParser::end, ends);
    }

    public String told() {
        return Sample.told(deltas());
    }

    public String text() {
        return deltas().stream()
                .filter(Delta.Text.class::isInstance)
                .map(delta -> ((Delta.Text) delta).text())
                .collect(joining());
    }

    public String reasoning() {
        return deltas().stream()
                .filter(Delta.Reasoning.class::isInstance)
                .map(delta -> ((Delta.Reasoning) delta).text())
                .collect(joining());
    }

    /** Id, name and arguments of the calls that are ready. */
    public String calls() {
        return deltas().stream()
                .filter(Delta.ToolReady.class::isInstance)
                .map(delta -> ((Delta.ToolReady) delta).call())
                .map(call -> call.id() + " " + call.name() + " "
                        + Json.object(call.arguments()).map(Object::toString).orElse(call.arguments()))
                .collect(joining(", "));
    }

    public Delta.Finished finished() {
        if (last() instanceof Delta.Finished finished) {
            return finished;
        }
        throw new AssertionError("did not finish: " + told());
    }

    public Delta.Failed failed() {
        if (last() instanceof Delta.Failed failed) {
            return failed;
        }
        throw new AssertionError("did not fail: " + told());
    }

    private Delta last() {
        List<Delta> deltas = deltas();
        return deltas.get(deltas.size() - 1);
    }
}
