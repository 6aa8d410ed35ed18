package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.fixture.Rounds;
import app.patter.fixture.Seed;
import app.patter.provider.Delta;
import app.patter.provider.Dialect;
import app.patter.provider.OddStream;
import app.patter.provider.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams in which what providers do wrong is mixed by chance: none loses a text that was sent, each has one end. */
class OddStreamsTest {

    private static final int ROUNDS = Rounds.of(400);

    /** What may be written into a text, in JSON; none of it begins or ends code or reasoning by itself. */
    private static final List<String> WORDS = List.of(
            "so ",
            "On",
            "e.",
            " two,",
            "\\n",
            "\\n\\n",
            "é漢😀",
            "a < b",
            "[1]",
            "<b>",
            "x",
            "  ",
            "\\\"q\\\"",
            "{}",
            "]",
            "<",
            "[T",
            "data: ");

    private static final List<String> SIGNS = List.of(
            "data: tick\n\n",
            ": processing\n\n",
            "data: null\n\n",
            "data: 1700000000\n\n",
            "data: {}\n\n",
            "event: ping\ndata: {\"type\":\"ping\"}\n\n",
            "\n",
            "id: 7\nretry: 5\n\n");

    private static final List<String> LINE_SIGNS = List.of("\n", "{}\n", "tick\n", "{\"type\":\"ping\"}\n", "null\n");

    /** What was sent, and what is to be read of it. */
    private static final class Sent {
        private final StringBuilder stream = new StringBuilder();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final List<String> calls = new ArrayList<>();
        private boolean fails;
    }

    @Test
    void streamsLoseNothingAndEndOnce(@Seed Random random) {
        for (int round = 0; round < ROUNDS; round++) {
            Dialect dialect = Dialects.ALL.get(random.nextInt(Dialects.ALL.size()));
            Sent sent = sent(dialect, random);
            OddStream stream = new OddStream(dialect, sent.stream.toString());
            List<Delta> whole = stream.deltas();
            assertEquals(1, whole.stream().filter(Sample::isEnd).count(), () -> stream + "\n" + stream.told());
            assertEquals(bare(sent.text), bare(stream.text()), () -> stream + "\n" + stream.told());
            assertEquals(bare(sent.reasoning), bare(stream.reasoning()), () -> stream + "\n" + stream.told());
            if (!sent.fails) {
                assertEquals(
                        String.join(", ", sent.calls),
                        stream.calls().replaceAll("patter_1_\\d+ ", ""),
                        () -> stream + "\n" + stream.told());
            }
            Delta last = whole.get(whole.size() - 1);
            assertEquals(sent.fails, last instanceof Delta.Failed, () -> stream + "\n" + stream.told());
            int length = stream.stream().getBytes(StandardCharsets.UTF_8).length;
            assertEquals(whole, stream.deltas(cuts(length, random)), stream::toString);
        }
    }

    /** Blanks around reasoning do not count. */
    private static String bare(CharSequence text) {
        return text.toString().replaceAll("\\s", "");
    }

    private static int[] cuts(int length, Random random) {
        return IntStream.concat(random.ints(random.nextInt(1 + Math.min(length, 40)), 0, length), IntStream.of(length))
                .sorted()
                .toArray();
    }

    private static Sent sent(Dialect dialect, Random random) {
        Sent sent = new Sent();
        List<String> events = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            String thought = words(random);
            sent.reasoning.append(unescaped(thought));
            String tag = List.of("think", "thinking", "thought", "Reasoning").get(random.nextInt(4));
            pieces(dialect, "<" + tag + ">" + thought + "</" + tag + ">", events, random);
        }
        for (int piece = random.nextInt(6); piece >= 0; piece--) {
            String text = words(random);
            sent.text.append(unescaped(text));
            events.add(OddStream.piece(dialect, text));
        }
        if (random.nextInt(4) == 0) {
            call(dialect, sent, events, random);
        }
        String end = "x."; // so that no text ends in what may be the beginning of a tag of the next event
        sent.text.append(end);
        events.add(OddStream.piece(dialect, end));
        switch (random.nextInt(4)) {
            case 0 -> {
                events.add(error(dialect, random));
                sent.fails = true;
            }
            case 1 -> {
                // the body just ends
            }
            default -> events.add(OddStream.end(dialect, reason(dialect)));
        }
        UnaryOperator<String> framed = framing(dialect, random);
        for (int at = 0; at < events.size(); at++) {
            if (random.nextInt(4) == 0) {
                List<String> signs = dialect.framing() == Dialect.Framing.LINES ? LINE_SIGNS : SIGNS;
                sent.stream.append(signs.get(random.nextInt(signs.size())));
            }
            boolean last = at == events.size() - 1 && random.nextInt(3) == 0;
            String event = framed.apply(events.get(at));
            sent.stream.append(last ? event.stripTrailing() : event);
        }
        if (random.nextInt(8) == 0) {
            sent.stream.insert(0, '\uFEFF');
        }
        return sent;
    }

    /** A call in the text or, where pieces of calls are seen most, in pieces. */
    private static void call(Dialect dialect, Sent sent, List<String> events, Random random) {
        String arguments = "{\"a\":" + random.nextInt(100) + "}";
        sent.calls.add("add " + arguments);
        String escaped = arguments.replace("\"", "\\\"");
        if (!dialect.name().equals("openai") || random.nextBoolean()) {
            String inside = "{\\\"name\\\":\\\"add\\\",\\\"arguments\\\":" + escaped + "}";
            pieces(dialect, "<tool_call>\\n" + inside + "\\n</tool_call>", events, random);
            return;
        }
        boolean indexed = random.nextBoolean();
        boolean again = random.nextBoolean();
        int cut = 1 + random.nextInt(escaped.length() - 1);
        cut -= escaped.charAt(cut - 1) == '\\' ? 1 : 0;
        List<String> all = new ArrayList<>(List.of("", escaped.substring(0, cut), escaped.substring(cut)));
        if (random.nextBoolean()) {
            all.add(escaped); // whole once more
        }
        for (int at = 0; at < all.size(); at++) {
            String name = at == 0 || again ? "\"name\":\"add\"," : "";
            events.add("data: {\"choices\":[{\"delta\":{\"tool_calls\":[{" + (indexed ? "\"index\":0," : "")
                    + "\"function\":{" + name + "\"arguments\":\"" + all.get(at) + "\"}}]}}]}\n\n");
        }
    }

    private static String words(Random random) {
        StringBuilder words = new StringBuilder("w");
        for (int word = random.nextInt(8); word > 0; word--) {
            words.append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return words.toString();
    }

    private static String unescaped(String json) {
        return json.replace("\\n", "\n").replace("\\\"", "\"");
    }

    /** The same in one event or several, never cut inside of an escape. */
    private static void pieces(Dialect dialect, String text, List<String> events, Random random) {
        int start = 0;
        for (int at = 1; at < text.length(); at++) {
            boolean escaped = text.charAt(at - 1) == '\\' || Character.isLowSurrogate(text.charAt(at));
            if (!escaped && random.nextInt(5) == 0) {
                events.add(OddStream.piece(dialect, text.substring(start, at)));
                start = at;
            }
        }
        events.add(OddStream.piece(dialect, text.substring(start)));
    }

    private static String reason(Dialect dialect) {
        return switch (dialect.name()) {
            case "gemini" -> "STOP";
            case "responses" -> "completed";
            default -> "stop";
        };
    }

    private static String error(Dialect dialect, Random random) {
        String body = List.of(
                        "{\"error\":{\"message\":\"no\"}}",
                        "{\"detail\":\"no\"}",
                        "{\"error\":\"no\"}",
                        "{\"message\":\"no\",\"code\":500}",
                        "{\"type\":\"error\",\"error\":{\"message\":\"no\"}}")
                .get(random.nextInt(5));
        if (dialect.framing() == Dialect.Framing.LINES) {
            return body + "\n";
        }
        return List.of(
                        "data: " + body + "\n\n",
                        "event: error\ndata: " + body + "\n\n",
                        "error: " + body + "\n\n",
                        body + "\n\n")
                .get(random.nextInt(4));
    }

    /** How events follow each other, the same for all of a stream. */
    private static UnaryOperator<String> framing(Dialect dialect, Random random) {
        boolean lines = dialect.framing() == Dialect.Framing.LINES;
        return switch (random.nextInt(5)) {
            case 0 -> event -> event.replace("\n", "\r\n");
            case 1 -> event -> lines ? event : event.replace("\n\n", "\n");
            case 2 -> event -> lines && event.startsWith("{") ? "data: " + event.strip() + "\n\n" : event;
            default -> event -> event;
        };
    }

    @Test
    void aStreamThatStopsAnywhereEndsOnceAndIsAPrefix(@Seed Random random) {
        for (int round = 0; round < ROUNDS / 50; round++) {
            Dialect dialect = Dialects.ALL.get(random.nextInt(Dialects.ALL.size()));
            OddStream stream =
                    new OddStream(dialect, sent(dialect, random).stream.toString());
            String whole = bare(stream.text() + stream.reasoning());
            for (int end = 0; end < stream.stream().length(); end++) {
                OddStream part = new OddStream(dialect, stream.stream().substring(0, end)).cut();
                assertEquals(1, part.deltas().stream().filter(Sample::isEnd).count(), part::toString);
                String text = bare(part.text()).replaceAll("<[a-zA-Z]*(_.*)?$", ""); // half of a tag or call
                assertTrue(whole.contains(text), part::toString);
            }
        }
    }
}
