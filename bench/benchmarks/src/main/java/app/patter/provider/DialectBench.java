package app.patter.provider;

import app.patter.provider.dialect.Dialects;
import app.patter.provider.http.PayloadSplitter;
import app.patter.provider.http.TooLongException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a token costs from its bytes to the delta in each dialect, on one thread and without a network, of which the
 * benchmark of whole streams knows only one dialect. The goals are those of a whole stream: 45 µs and 3,000 bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DialectBench {

    private static final int WORDS = 1_000;

    /** The dialects, as {@link Dialects} names them. */
    @Param({"openai", "responses", "anthropic", "gemini", "ollama", "agent"})
    public String dialect = "";

    private List<byte[]> tokens = List.of();
    private PayloadSplitter splitter;
    private long fed;
    private long texts;

    /** How each provider sends a piece of text. */
    private static Map<String, String> wires() {
        Map<String, String> wires = new LinkedHashMap<>();
        wires.put(
                "openai",
                "data: {\"id\":\"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT\",\"object\":\"chat.completion.chunk\",\"created\":1741569952,"
                        + "\"model\":\"gpt-4.1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}\n\n");
        wires.put(
                "responses",
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":9,"
                        + "\"item_id\":\"msg_67c9fdcf37fc8190ba82116e33fb28c507b8b0ad4e5eb654\",\"output_index\":0,"
                        + "\"content_index\":0,\"delta\":\"%s\",\"logprobs\":[],\"obfuscation\":\"fa8s2kd0\"}\n\n");
        wires.put(
                "anthropic",
                "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}}\n\n");
        wires.put(
                "gemini",
                "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"%s\"}],\"role\":\"model\"},\"index\":0}],"
                        + "\"usageMetadata\":{\"promptTokenCount\":8,\"candidatesTokenCount\":40,\"totalTokenCount\":48,"
                        + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":8}]},"
                        + "\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"kQ8qaPjYFaLVxN8P3fKJ2AE\"}\n\n");
        wires.put(
                "ollama",
                "{\"model\":\"llama3.2\",\"created_at\":\"2026-11-01T08:52:19.385406455Z\","
                        + "\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":false}\n");
        wires.put(
                "agent",
                "{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\",\"index\":0,"
                        + "\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}},\"session_id\":\"0f5cf5e6-1f0c-4c3d-b6d0\","
                        + "\"parent_tool_use_id\":null,\"uuid\":\"5f1b3bd2-9a4e-4f39-8f0b\"}\n");
        return wires;
    }

    /** What has to come before a piece of text. */
    private static String opening(String dialect) {
        String message = "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"usage\":{\"input_tokens\":1}}}";
        String block =
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}";
        return switch (dialect) {
            case "anthropic" -> "data: " + message + "\n\ndata: " + block + "\n\n";
            case "agent" ->
                "{\"type\":\"stream_event\",\"event\":" + message + "}\n{\"type\":\"stream_event\",\"event\":" + block
                        + "}\n";
            default -> "";
        };
    }

    /** Begins an answer. */
    @Setup(Level.Iteration)
    public void begin() throws TooLongException {
        Dialect chosen = Dialects.named(dialect);
        AnswerParser parser = chosen.parser(new RequestContext(
                "bench/" + dialect + "/m", "1", new ProviderErrors("host:1", null, Origin.SETTINGS, chosen)));
        splitter = PayloadSplitter.of(
                dialect.equals("agent") ? Dialect.Framing.LINES : chosen.framing(),
                payload -> parser.payload(payload, delta -> texts += delta instanceof Delta.Text ? 1 : 0));
        String wire = Objects.requireNonNull(wires().get(dialect));
        tokens = IntStream.range(0, WORDS)
                .mapToObj(token -> wire.formatted("word" + token + " ").getBytes(StandardCharsets.UTF_8))
                .toList();
        splitter.feed(ByteBuffer.wrap(opening(dialect).getBytes(StandardCharsets.UTF_8)));
        fed = 0;
        texts = 0;
    }

    /** Reads the bytes of one token. */
    @Benchmark
    public long token() throws TooLongException {
        splitter.feed(ByteBuffer.wrap(tokens.get((int) (fed++ % WORDS))));
        return texts;
    }

    /** Fails unless each token became a delta. */
    @TearDown(Level.Iteration)
    public void compare() {
        if (texts != fed) {
            throw new IllegalStateException(dialect + " told " + texts + " of " + fed + " tokens");
        }
    }
}
