package app.patter.provider.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SseParserTest {

    private static List<String> parse(byte[] stream, int... cuts) {
        List<String> events = new ArrayList<>();
        SseParser parser = new SseParser((name, data) -> events.add(name + "|" + data));
        int start = 0;
        try {
            for (int cut : cuts) {
                parser.feed(ByteBuffer.wrap(stream, start, cut - start).asReadOnlyBuffer());
                start = cut;
            }
            parser.feed(ByteBuffer.wrap(stream, start, stream.length - start));
        } catch (TooLongException e) {
            events.add("too long");
        }
        return events;
    }

    private static List<String> parse(String stream) {
        return parse(bytes(stream));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theExamplesOfTheStandardAreRead() {
        assertEquals(List.of("|YHOO\n+2\n10"), parse("data: YHOO\ndata: +2\ndata: 10\n\n"));
        assertEquals(
                List.of("|first event", "|second event", "| third event"),
                parse(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"));
        assertEquals(List.of("|", "|\n"), parse("data\n\ndata\ndata\n\ndata:"));
        assertEquals(List.of("|test", "|test"), parse("data:test\n\ndata: test\n\n"));
        assertEquals(List.of("add|73857293"), parse("event: add\ndata: 73857293\n\n"));
    }

    @Test
    void namesDoNotOutliveTheirEventAndUnknownFieldsAreSkipped() {
        assertEquals(List.of("a|1", "|2"), parse("event: a\ndata: 1\n\ndata: 2\n\n"));
        assertEquals(List.of("|2"), parse("event: a\n\ndata: 2\nretry: 5\ndatax: 3\ndat: 4\n data: 5\n\n"));
        assertEquals(List.of("|1"), parse("event: a\nevent\ndata: 1\n\n"));
    }

    @Test
    void aByteOrderMarkIsSkippedAtTheStartOnly() {
        assertEquals(List.of("|a"), parse("\uFEFFdata: a\n\n\uFEFFdata: b\n\n"));
    }

    @Test
    void anEventWithoutItsEmptyLineIsDropped() {
        assertEquals(List.of("|a"), parse("data: a\n\ndata: b\n"));
    }

    @Test
    void everyCutOfEveryKindOfLineEndGivesTheSameEvents() {
        String stream = "\uFEFFdata: Grüße\nevent: x\n\n: comment\n\ndata: 🌍\ndata\ndata:  世界\n\nid: 7\ndata: end\n\n";
        List<String> expected = parse(stream);
        assertEquals(List.of("x|Grüße", "|🌍\n\n 世界", "|end"), expected);
        for (String end : List.of("\n", "\r", "\r\n")) {
            byte[] bytes = bytes(stream.replace("\n", end));
            for (int first = 0; first <= bytes.length; first++) {
                assertEquals(expected, parse(bytes, first));
                assertEquals(expected, parse(bytes, first, Math.min(bytes.length, first + 1)));
            }
            int[] everywhere = new int[bytes.length];
            Arrays.setAll(everywhere, i -> i);
            assertEquals(expected, parse(bytes, everywhere));
        }
    }

    @Test
    void randomStreamsInRandomPiecesAreReadAsInOnePiece() {
        Random random = new Random(7);
        String[] parts = {
            "data: ", "data:", "event: ", ":", "a", "ü", "🌍", " ", "\n", "\r", "\r\n", "\n\n", "\uFEFF", "id"
        };
        for (int round = 0; round < 5_000; round++) {
            StringBuilder stream = new StringBuilder();
            for (int i = random.nextInt(60); i > 0; i--) {
                stream.append(parts[random.nextInt(parts.length)]);
            }
            byte[] bytes = bytes(stream.toString());
            int[] cuts =
                    random.ints(random.nextInt(8), 0, bytes.length + 1).sorted().toArray();
            assertEquals(reference(stream.toString()), parse(bytes, cuts), () -> stream.toString());
        }
    }

    /** The standard's algorithm in its plainest form. */
    private static List<String> reference(String stream) {
        List<String> events = new ArrayList<>();
        String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
        String name = "";
        String data = null;
        String[] lines = (text + "x").split("\r\n|\r|\n", -1);
        for (String line : Arrays.copyOf(lines, lines.length - 1)) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
            if (line.isEmpty()) {
                if (data != null) {
                    events.add(name + "|" + data);
                }
                name = "";
                data = null;
            } else if (field.equals("data")) {
                data = data == null ? value : data + "\n" + value;
            } else if (field.equals("event")) {
                name = value;
            }
        }
        return events;
    }

    @Test
    void longLinesAreReadAndTooLongOnesRefused() throws Exception {
        String line = "x".repeat(1_000_000);
        assertEquals(List.of("|" + line), parse("data: " + line + "\n\n"));

        SseParser small = new SseParser((name, data) -> {}, 100);
        small.feed(ByteBuffer.wrap(bytes("data: " + "x".repeat(90))));
        assertThrows(TooLongException.class, () -> small.feed(ByteBuffer.wrap(bytes("x".repeat(10)))));
        SseParser lines = new SseParser((name, data) -> {}, 100);
        assertThrows(TooLongException.class, () -> lines.feed(ByteBuffer.wrap(bytes("data: 0123456789\n".repeat(20)))));
    }
}
