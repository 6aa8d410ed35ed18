package app.patter.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick reader of chunks says what the whole parser says, or nothing. */
class PlainChunkTest {

    private static final List<String> PAYLOADS = payloads();

    private static List<String> payloads() {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/app/patter/upstream"))) {
            for (Path file : files.filter(path -> path.getFileName().toString().matches("openai-.*\\.sse"))
                    .sorted()
                    .toList()) {
                Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                        .filter(line -> line.startsWith("data:"))
                        .map(line -> line.substring(5).strip())
                        .forEach(found::add);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return found;
    }

    /** What the whole parser makes of one payload by itself; null if it is no JSON object. */
    private static List<Delta> slowly(String payload) {
        List<Delta> deltas = new ArrayList<>();
        OpenAiChatParser parser = new OpenAiChatParser(
                new Asked("source", "mark", new Faults("server", null, Origin.SETTINGS, Dialects.named("openai"))));
        return Json.object(payload)
                .map(json -> {
                    parser.event(json, deltas::add);
                    return deltas;
                })
                .orElse(null);
    }

    private static void assertSame(String payload) {
        PlainChunk chunk = PlainChunk.of(payload);
        if (chunk == null) {
            return;
        }
        List<Delta> said = new ArrayList<>();
        String reasoning = new WholeText().next(chunk.reasoning());
        String text = new WholeText().next(chunk.text());
        if (!reasoning.isEmpty()) {
            said.add(new Delta.Reasoning(reasoning));
        }
        if (!text.isEmpty()) {
            said.add(new Delta.Text(text));
        }
        assertEquals(slowly(payload), said, payload);
    }

    @Test
    void everySampleIsReadAlike() {
        PAYLOADS.forEach(PlainChunkTest::assertSame);
        long plain = PAYLOADS.stream()
                .filter(payload -> PlainChunk.of(payload) != null)
                .count();
        assertTrue(plain > PAYLOADS.size() / 3, plain + " of " + PAYLOADS.size());
    }

    @RepeatedTest(500)
    void everyBrokenSampleIsReadAlikeOrNotAtAll() {
        Random random = new Random();
        String payload = PAYLOADS.get(random.nextInt(PAYLOADS.size()));
        StringBuilder broken = new StringBuilder(payload);
        for (int change = 0; change <= random.nextInt(3) && !broken.isEmpty(); change++) {
            int at = random.nextInt(broken.length());
            String some = "{}[]\",:\\0nu1-. \t\u0001é😀/";
            switch (random.nextInt(4)) {
                case 0 -> broken.deleteCharAt(at);
                case 1 -> broken.insert(at, some.charAt(random.nextInt(some.length())));
                case 2 -> broken.setCharAt(at, some.charAt(random.nextInt(some.length())));
                default -> broken.setLength(at);
            }
        }
        assertSame(broken.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\\\"b\\\\\\n\\u00e9\\ud83d\\ude00/\"},\"finish_reason\":null}]}",
                "{\"id\":\"x\",\"created\":17,\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\" \"}}],\"usage\":null}",
                " { \"choices\" : [ { \"delta\" : { \"reasoning_content\" : \"hm\" , \"content\" : null } , \"logprobs\" : null } ] } "
            })
    void plainChunksAreReadQuickly(String payload) {
        assertNotNull(PlainChunk.of(payload));
        assertSame(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "[DONE]",
                "{\"choices\":[]}",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}",
                "{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"x\"}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"x\",\"tool_calls\":[{}]}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"usage\":{\"prompt_tokens\":1}}",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"error\":{\"message\":\"y\"}}",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}]} ,",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}],}"
            })
    void whatIsNotPlainIsLeftToTheOtherParser(String payload) {
        assertNull(PlainChunk.of(payload));
    }

    @Test
    void deepNestingEndsNothing() {
        assertNull(PlainChunk.of("{\"a\":" + "[".repeat(100_000)));
    }
}
