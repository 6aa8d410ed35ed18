package app.patter.provider;

import app.patter.provider.dialect.Dialects;
import app.patter.provider.http.PayloadSplitter;
import app.patter.provider.http.TooLongException;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a token costs from its bytes to the delta in each dialect, on one thread and without a network, of which the bench
 * of whole streams knows only one dialect. The goals are those of a whole stream.
 */
public final class DialectBench {

    private static final int TOKENS = 200_000;
    private static final int ROUNDS = 5;
    private static final double MOST_CPU = 45;
    private static final double MOST_BYTES = 3_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private DialectBench() {}

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

    /** Prints a table. */
    public static void main(String[] arguments) throws TooLongException {
        System.out.printf(
                "| dialect | CPU per token (goal %.0f µs) | bytes made per token (goal %,.0f) |%n",
                MOST_CPU, MOST_BYTES);
        System.out.println("|---|--:|--:|");
        for (Map.Entry<String, String> wire : wires().entrySet()) {
            measure(wire.getKey(), wire.getValue());
        }
    }

    private static void measure(String name, String wire) throws TooLongException {
        List<byte[]> tokens = new ArrayList<>();
        for (int token = 0; token < 1_000; token++) {
            tokens.add(wire.formatted("word" + token + " ").getBytes(StandardCharsets.UTF_8));
        }
        double cpu = Double.MAX_VALUE;
        double bytes = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) { // the last ones are warm
            Counted counted = run(name, tokens);
            cpu = Math.min(cpu, counted.cpu());
            bytes = Math.min(bytes, counted.bytes());
        }
        System.out.printf("| %s | %.1f | %,.0f |%n", name, cpu, bytes);
    }

    private record Counted(double cpu, double bytes) {}

    private static Counted run(String name, List<byte[]> tokens) throws TooLongException {
        Dialect dialect = Dialects.named(name);
        AnswerParser parser = dialect.parser(new RequestContext(
                "bench/" + name + "/m", "1", new ProviderErrors("host:1", null, Origin.SETTINGS, dialect)));
        long[] texts = new long[1];
        PayloadSplitter splitter = PayloadSplitter.of(
                name.equals("agent") ? Dialect.Framing.LINES : dialect.framing(),
                payload -> parser.payload(payload, delta -> texts[0] += delta instanceof Delta.Text ? 1 : 0));
        splitter.feed(ByteBuffer.wrap(opening(name).getBytes(StandardCharsets.UTF_8)));
        long thread = Thread.currentThread().getId();
        long began = THREADS.getThreadCpuTime(thread);
        long made = THREADS.getThreadAllocatedBytes(thread);
        for (int token = 0; token < TOKENS; token++) {
            splitter.feed(ByteBuffer.wrap(tokens.get(token % tokens.size())));
        }
        double bytes = THREADS.getThreadAllocatedBytes(thread) - made;
        double cpu = THREADS.getThreadCpuTime(thread) - began;
        if (texts[0] != TOKENS) {
            throw new IllegalStateException(name + " told " + texts[0] + " of " + TOKENS + " tokens");
        }
        return new Counted(cpu / TOKENS / 1_000, bytes / TOKENS);
    }
}
