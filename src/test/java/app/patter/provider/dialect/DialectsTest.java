package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.ContentPart;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.config.Setting;
import app.patter.fixture.Rounds;
import app.patter.json.Json;
import app.patter.provider.AnswerParser;
import app.patter.provider.ChatRequest;
import app.patter.provider.Delta;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.Dialect;
import app.patter.provider.Origin;
import app.patter.provider.ProviderErrors;
import app.patter.provider.Recorder;
import app.patter.provider.RequestContext;
import app.patter.provider.Sample;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every dialect. */
class DialectsTest {

    private static final int ROUNDS = Rounds.of(50);

    private static final JsonArray OTHERS =
            Json.arrayOrEmpty("[null,true,-7,1e400,\"\",\"x\",[],[1,[{}]],{},{\"type\":\"text\",\"text\":[]}]");

    static List<String> samples() {
        return Sample.all();
    }

    static List<Dialect> dialects() {
        return Dialects.ALL;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aStreamGivesTheSameDeltasWhereverItIsCut(String file) {
        Sample sample = Sample.of(file);
        List<Delta> whole = sample.read();
        for (int cut = 0; cut <= sample.bytes().length; cut++) {
            assertEquals(whole, sample.readCut(cut));
        }
        assertEquals(whole, sample.readByteByByte());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aStreamThatStopsAnywhereHasOneEndAndIsAPrefix(String file) {
        Sample sample = Sample.of(file);
        String whole = text(sample.read());
        int step = 1 + sample.bytes().length / 1000;
        for (int length = 0; length < sample.bytes().length; length += step) {
            List<Delta> deltas = sample.read(length);
            assertTrue(whole.startsWith(text(deltas)));
            assertEquals(1, deltas.stream().filter(Sample::isEnd).count());
            assertTrue(Sample.isEnd(deltas.get(deltas.size() - 1)));
        }
    }

    private static String text(List<Delta> deltas) {
        StringBuilder text = new StringBuilder();
        for (Delta delta : deltas) {
            if (delta instanceof Delta.Text piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whateverShapeAPayloadHasTheAnswerHasOneEnd(String file) {
        Sample sample = Sample.of(file);
        Random random = new Random(file.hashCode());
        for (int round = 0; round < ROUNDS; round++) {
            List<Delta> deltas = new ArrayList<>();
            AnswerParser parser = Sample.parser(sample.dialect());
            for (String payload : sample.payloads()) {
                if (deltas.stream().noneMatch(Sample::isEnd)) {
                    parser.payload(payload.startsWith("{") ? mixedUp(payload, random) : payload, deltas::add);
                }
            }
            if (deltas.stream().noneMatch(Sample::isEnd)) {
                parser.end(deltas::add);
            }
            assertEquals(1, deltas.stream().filter(Sample::isEnd).count(), () -> Sample.told(deltas));
        }
    }

    /** The same object with some values replaced by others. */
    private static String mixedUp(String payload, Random random) {
        return mixedUp(Json.objectOrEmpty(payload), random).toString();
    }

    private static JsonValue mixedUp(JsonValue value, Random random) {
        if (random.nextInt(25) == 0) {
            return OTHERS.get(random.nextInt(OTHERS.size()));
        }
        if (value instanceof JsonObject object) {
            JsonObjectBuilder mixed = Json.builder();
            object.forEach((name, inner) -> mixed.add(name, mixedUp(inner, random)));
            return mixed.build();
        }
        if (value instanceof JsonArray array) {
            JsonArrayBuilder mixed = Json.arrayBuilder();
            array.forEach(inner -> mixed.add(mixedUp(inner, random)));
            return mixed.build();
        }
        return value;
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatIsUnknownIsSkippedSilently(Dialect dialect) {
        assertEquals(
                "",
                Sample.told(
                        dialect,
                        "{}",
                        " ",
                        "{\"type\":\"brand_new\",\"x\":[{}],\"n\":1e999999999}",
                        "{\"type\":7,\"choices\":7,\"candidates\":{},\"message\":[],\"delta\":null,\"usage\":\"\"}",
                        "{\"error\":null}"));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatIsMalformedFailsOnceWithAnExcerpt(Dialect dialect) {
        for (String malformed : List.of("{\"type\":\"text", "nonsense", "[]", "{\"n\":" + "[".repeat(9000))) {
            List<Delta> deltas = new ArrayList<>();
            AnswerParser parser = Sample.parser(dialect);
            parser.payload(malformed, deltas::add);
            if (deltas.isEmpty()) {
                parser.end(deltas::add);
            }
            Delta.Failed failed = assertInstanceOf(Delta.Failed.class, deltas.get(0));
            assertEquals(Kind.GARBAGE, failed.kind());
            assertTrue(Recorder.words(failed).contains(malformed.substring(0, 2)), Recorder.words(failed));
            assertTrue(Recorder.words(failed).length() < 250, Recorder.words(failed));
            assertEquals(1, deltas.size());
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void anExcerptNeverShowsTheKeyOrThePrompt(Dialect dialect) {
        ChatRequest request = new ChatRequest("m", List.of(new ChatMessage(Role.USER, "my very own secret question")));
        ProviderErrors errors =
                new ProviderErrors("host:1", "k3y-0123456789", Origin.SETTINGS, dialect).during(request);
        for (String malformed :
                List.of("{my very own secret question", "{k3y-0123456789", "{AIzaSyD-0123456789abcdef")) {
            List<Delta> deltas = new ArrayList<>();
            AnswerParser parser = dialect.parser(new RequestContext("s", "1", errors));
            parser.payload(malformed, deltas::add);
            parser.end(deltas::add);
            String message = Recorder.words(assertInstanceOf(Delta.Failed.class, deltas.get(0)));
            assertFalse(message.contains("secret"), message);
            assertFalse(message.contains("0123456789"), message);
        }
    }

    @Test
    void theSettingsOfferExactlyTheDialectsThereAre() {
        assertEquals(Dialects.ALL.stream().map(Dialect::name).toList(), Setting.MODEL_API.choices());
        for (Dialect dialect : Dialects.ALL) {
            assertTrue(Setting.MODEL_API.meaning().contains(dialect.name()));
        }
    }

    @Test
    void theProvidersOwnTurnGoesBackOnlyToWhereItIsFrom() {
        ProviderMessage original = new ProviderMessage("claude/anthropic/m", "[{\"type\":\"thinking\"}]");
        ChatMessage message = new ChatMessage(Role.ASSISTANT, "hi", List.of(), List.of(), original);
        ChatRequest request = new ChatRequest("m", List.of(message, new ChatMessage(Role.USER, "q")));
        assertEquals(request, request.sentTo("claude/anthropic/m"));
        for (String other : List.of("other/anthropic/m", "claude/openai/m", "claude/anthropic/n")) {
            assertEquals(
                    new ChatMessage(Role.ASSISTANT, "hi"),
                    request.sentTo(other).messages().get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void everyPartOfAMessageIsTold(Dialect dialect) {
        List<ContentPart> parts = List.of(new ContentPart.Text("first part, "), new ContentPart.Text("second part"));
        ChatMessage question = new ChatMessage(Role.USER, parts, List.of(), List.of(), null);
        String body = dialect.body(new ChatRequest("m", List.of(question)));
        assertTrue(body.contains("first part") && body.contains("second part"), body);
    }

    @Test
    void idsThatAreMadeUpAreOthersForEveryPrompt() {
        ChatMessage question = new ChatMessage(Role.USER, "q");
        ChatMessage called =
                new ChatMessage(Role.ASSISTANT, "", List.of(new ToolCall("a", "now", "{}")), List.of(), null);
        ChatMessage answered = ChatMessage.of(List.of(new ToolResult("a", "now", "12:00", false)));
        List<String> marks = Stream.of(
                        List.of(question),
                        List.of(question, called),
                        List.of(question, called, answered),
                        List.of(question, question))
                .map(messages -> new ChatRequest("m", messages).mark())
                .toList();
        assertEquals(marks.size(), Set.copyOf(marks).size());
        assertEquals(marks.get(0), new ChatRequest("n", List.of(question)).mark());
    }
}
