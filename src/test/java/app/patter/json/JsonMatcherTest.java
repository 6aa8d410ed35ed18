package app.patter.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.AnswerParser;
import app.patter.provider.Delta;
import app.patter.provider.Dialect;
import app.patter.provider.Sample;
import app.patter.provider.dialect.AgentParser;
import app.patter.provider.dialect.AnthropicParser;
import app.patter.provider.dialect.Dialects;
import app.patter.provider.dialect.Gemini;
import app.patter.provider.dialect.GeminiParser;
import app.patter.provider.dialect.OpenAiChatParser;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read quickly says the same as if everything were read. */
class JsonMatcherTest {

    private static final Map<String, JsonPattern> PLAIN = Map.of(
            "openai", OpenAiChatParser.PLAIN,
            "anthropic", AnthropicParser.PLAIN,
            "gemini", GeminiParser.PLAIN,
            "agent", AgentParser.PLAIN);

    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "false",
            "-7",
            "0",
            "1e400",
            "0.5",
            "-0",
            "1234567890123456789",
            "\"\"",
            "\"x\"",
            "[]",
            "[1,[{}]]",
            "{}",
            "{\"text\":[]}");

    private static final List<String> NAMES =
            List.of("text", "content", "thought", "index", "error", "usage", "type", "delta", "parts", "brand_new");

    private static final Pattern FIRST_FIELD = Pattern.compile("^([ \t\n\r]*\\{)(?=[ \t\n\r]*[^} \t\n\r])");

    private static List<String> samples() {
        return Sample.all().stream()
                .filter(file -> PLAIN.containsKey(Sample.of(file).dialect().name()))
                .toList();
    }

    private static boolean isPlain(Dialect dialect, String payload) {
        return new JsonMatcher(PLAIN.get(dialect.name())).takes(payload);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsReadAlike(String file) {
        assertReadAlike(Sample.of(file), payload -> payload);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsReadAlikeHoweverItIsWritten(String file) {
        Pen pen = new Pen(new Random(file.hashCode()), false);
        for (int round = 0; round < 60; round++) {
            assertReadAlike(Sample.of(file), payload -> pen.write(Json.objectOrEmpty(payload)));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsReadAlikeWhateverElseItHolds(String file) {
        Pen pen = new Pen(new Random(file.hashCode()), true);
        for (int round = 0; round < 150; round++) {
            assertReadAlike(Sample.of(file), payload -> pen.write(Json.objectOrEmpty(payload)));
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everySampleIsReadAlikeHoweverItIsBroken(String file) {
        Random random = new Random(file.hashCode());
        for (int round = 0; round < 150; round++) {
            assertReadAlike(Sample.of(file), payload -> random.nextInt(4) > 0 ? payload : broken(payload, random));
        }
    }

    private static void assertReadAlike(Sample sample, UnaryOperator<String> change) {
        List<String> usual = sample.payloads().stream()
                .map(payload -> payload.startsWith("{") ? change.apply(payload) : payload)
                .toList();
        List<String> unusual = usual.stream().map(JsonMatcherTest::unusual).toList();
        unusual.forEach(payload -> assertFalse(isPlain(sample.dialect(), payload), payload));
        assertEquals(told(sample.dialect(), unusual), told(sample.dialect(), usual), () -> String.join("\n", usual));
    }

    /** The same with a number that no skimmer takes, under a name that no parser reads. */
    private static String unusual(String payload) {
        return FIRST_FIELD.matcher(payload).replaceFirst("$1\"zz\":1e0,");
    }

    private static String told(Dialect dialect, List<String> payloads) {
        List<Delta> deltas = new ArrayList<>();
        AnswerParser parser = Sample.parser(dialect);
        payloads.forEach(payload -> parser.payload(payload, deltas::add));
        parser.end(deltas::add);
        return Sample.told(deltas);
    }

    private static String broken(String payload, Random random) {
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
        return broken.toString();
    }

    /**
     * Writes JSON with its fields in another order, with blanks and escapes and fields that nobody knows.
     *
     * @param changing whether it also leaves fields out, doubles them, and writes something else
     */
    private record Pen(Random random, boolean changing) {

        private static final int RARELY = 30;

        private boolean rarely() {
            return random.nextInt(RARELY) == 0;
        }

        private String oneOf(List<String> some) {
            return some.get(random.nextInt(some.size()));
        }

        private String blank() {
            return rarely() ? oneOf(List.of(" ", "\t", "\n", "\r", "  ")) : "";
        }

        String write(JsonValue value) {
            String written = changing && rarely() ? oneOf(OTHERS) : same(value);
            return blank() + written + blank();
        }

        private String same(JsonValue value) {
            if (value instanceof JsonObject object) {
                return object(object);
            } else if (value instanceof JsonArray array) {
                return array(array);
            }
            return value instanceof JsonString string
                    ? string(string.getString(), random.nextInt(4) == 0)
                    : value.toString();
        }

        private String object(JsonObject object) {
            List<String> fields = new ArrayList<>();
            object.forEach((name, value) -> {
                for (int times = times(); times > 0; times--) {
                    fields.add(field(name, write(value)));
                }
            });
            if (rarely()) {
                fields.add(field(changing ? oneOf(NAMES) : "brand_new", oneOf(OTHERS)));
            }
            if (random.nextBoolean()) {
                Collections.shuffle(fields, random);
            }
            return "{" + blank() + String.join(",", fields) + "}";
        }

        private int times() {
            return changing && rarely() ? 2 * random.nextInt(2) : 1;
        }

        private String field(String name, String value) {
            return blank() + string(name, rarely()) + blank() + ":" + value;
        }

        private String array(JsonArray array) {
            List<String> elements = new ArrayList<>();
            array.forEach(element -> {
                for (int times = times(); times > 0; times--) {
                    elements.add(write(element));
                }
            });
            return "[" + blank() + String.join(",", elements) + "]";
        }

        private String string(String text, boolean escaping) {
            StringBuilder written = new StringBuilder("\"");
            for (char c : text.toCharArray()) {
                if (c == '"' || c == '\\' || c < ' ' || (escaping && random.nextInt(3) == 0)) {
                    written.append("\\u%04x".formatted((int) c));
                } else {
                    written.append(c);
                }
            }
            return written.append('"').toString();
        }
    }

    @Test
    void aGoodPartOfWhatOpenAisImitatorsSendIsReadQuickly() {
        List<String> payloads = samples().stream()
                .map(Sample::of)
                .filter(sample -> sample.dialect().name().equals("openai"))
                .flatMap(sample -> sample.payloads().stream())
                .toList();
        long plain = payloads.stream()
                .filter(payload -> isPlain(Dialects.named("openai"), payload))
                .count();
        assertTrue(plain > payloads.size() / 3, plain + " of " + payloads.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "openai {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\\\"b\\\\\\n\\u00e9\\ud83d\\ude00/\"},\"finish_reason\":null}]}",
                "openai {\"id\":\"x\",\"created\":17,\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\" \"}}],\"usage\":null}",
                "openai  { \"choices\" : [ { \"delta\" : { \"reasoning_content\" : \"hm\" , \"content\" : null } , \"logprobs\" : null } ] } ",
                "openai {\"choices\":[{\"delta\":{\"content\":\"x\"},\"native_finish_reason\":null}],\"object\":\"chat.completion.chunk\"}",
                "anthropic {\"type\":\"content_block_delta\",\"index\":12,\"delta\":{\"type\":\"text_delta\",\"text\":\"x\"}}",
                "anthropic {\"index\":0,\"delta\":{\"thinking\":\"x\",\"type\":\"thinking_delta\"},\"type\":\"content_block_delta\"}",
                "anthropic {\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"\"}}",
                "gemini {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}],\"role\":\"model\"},\"index\":0}],\"responseId\":\"r\"}",
                "gemini {\"candidates\":[{\"content\":{\"parts\":[{\"thought\":true,\"text\":\"x\"}]}}],\"usageMetadata\":"
                        + "{\"promptTokenCount\":8,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":8}]}}",
                "agent {\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                        + "{\"type\":\"text_delta\",\"text\":\"x\"}},\"parent_tool_use_id\":null,\"uuid\":\"u\"}",
                "agent {\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                        + "{\"type\":\"text_delta\",\"text\":\"x\"}},\"parent_tool_use_id\":\"toolu_task\"}",
            })
    void plainPayloadsAreReadQuickly(String dialectAndPayload) {
        String[] both = dialectAndPayload.split(" ", 2);
        assertTrue(isPlain(Dialects.named(both[0]), both[1]));
        assertFalse(isPlain(Dialects.named(both[0]), unusual(both[1])));
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
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"us\\u0061ge\":{\"prompt_tokens\":1}}",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"error\":{\"message\":\"y\"}}",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}],\"object\":\"error\"}",
                "{\"choices\":[{\"delta\":{\"content\":\"x\",\"content\":\"\"}}]}",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}]} ,",
                "{\"choices\":[{\"delta\":{\"content\":\"x\"}}],}"
            })
    void whatIsNotPlainIsLeftToTheOtherParser(String payload) {
        assertFalse(isPlain(Dialects.named("openai"), payload));
    }

    @Test
    void numbersThatADoubleDoesNotHoldAreLeftToTheOtherParser() {
        String chunk =
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"x\"}]}}],\"usageMetadata\":{\"promptTokenCount\":%s}}";
        for (String number : List.of("-1", "0", "123456789012345")) {
            assertTrue(isPlain(new Gemini(), chunk.formatted(number)), number);
        }
        for (String number : List.of("1234567890123456", "00", "1.0", "1e2", "-", "\"1\"", "null")) {
            assertFalse(isPlain(new Gemini(), chunk.formatted(number)), number);
        }
    }

    @Test
    void deepNestingEndsNothing() {
        assertFalse(isPlain(Dialects.named("openai"), "{\"a\":" + "[".repeat(100_000)));
    }
}
