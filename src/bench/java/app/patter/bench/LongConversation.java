package app.patter.bench;

import static app.patter.bench.Latencies.ms;

import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What the length of a conversation costs over the API: adding a message, reading all, reading the last ten. */
final class LongConversation {

    private static final int[] LENGTHS = {100, 1_000, 10_000};
    private static final int TRIES = 20;
    private static final int WARMING_TRIES = 5;
    private static final int LAST = 10;
    private static final double MOST = 1.5;

    private final Run run;

    /** The conversations, by the number of their messages. */
    private final Map<Integer, UUID> conversations = new LinkedHashMap<>();

    LongConversation(Run run) {
        this.run = run;
    }

    /** Medians, in milliseconds. */
    private record Times(double add, double all, double last) {}

    void measure() {
        run.chat().token();
        for (int length : LENGTHS) {
            conversations.put(size(length), UUID.randomUUID());
        }
        run.without(() -> conversations.forEach((length, id) -> run.database.fill(id, Chat.NAME, length)));
        Map<Integer, Times> times = new LinkedHashMap<>();
        conversations.forEach((length, id) -> times.put(length, times(length, id)));
        Times fewest = times.get(size(LENGTHS[0]));
        times.forEach((length, found) -> {
            String title = String.format(Locale.ROOT, "A conversation of %,d messages: ", length);
            row(title + "add one", fewest.add(), found.add(), ms(found.add()));
            double each = found.all() / length;
            row(
                    title + "read all, per message",
                    fewest.all() / size(LENGTHS[0]),
                    each,
                    String.format(Locale.ROOT, "%.0f µs", each * 1_000));
            row(title + "read the last " + LAST, fewest.last(), found.last(), ms(found.last()));
        });
    }

    private static int size(int length) {
        return Math.max(LAST, Sizes.of(length));
    }

    private void row(String row, double first, double now, String value) {
        run.report.goal(row, "× " + MOST + " of the first", now <= MOST * first, value);
    }

    private Times times(int length, UUID conversation) {
        String path = "api/v1/conversations/" + conversation + "/messages";
        Latencies add = new Latencies();
        Latencies all = new Latencies();
        Latencies last = new Latencies();
        int messages = length;
        for (int i = -WARMING_TRIES; i < TRIES; i++) {
            int number = run.asks(conversation);
            String message = Json.createObjectBuilder()
                    .add("text", "Please send stream #" + number + "#")
                    .add("model", "openai/" + Pace.WORD.model())
                    .build()
                    .toString();
            int added = time(() -> run.chat().write(path, message));
            Sent sent = run.model.sent(number);
            Run.await("a short answer", sent::isComplete);
            Run.sleep(200); // until it is saved too
            messages += 2;
            int expected = messages;
            int read = time(() -> check(expected, readAll(path)));
            int since = messages - LAST;
            int readLast =
                    time(() -> check(LAST, messages(path + "?since=" + since).size()));
            if (i >= 0) {
                add.add(added);
                all.add(read);
                last.add(readLast);
            }
        }
        return new Times(add.at(50), all.at(50), last.at(50));
    }

    private static int time(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (int) ((System.nanoTime() - begin) / 1_000);
    }

    private static void check(int expected, int found) {
        if (found != expected) {
            throw new IllegalStateException("there were " + found + " messages, not " + expected);
        }
    }

    /** Reads page after page, as a program has to. */
    private int readAll(String path) {
        int count = 0;
        long since = 0;
        for (JsonArray page = messages(path); !page.isEmpty(); page = messages(path + "?since=" + since)) {
            count += page.size();
            since = page.getJsonObject(page.size() - 1)
                    .getJsonNumber("sequence")
                    .longValue();
        }
        return count;
    }

    private JsonArray messages(String path) {
        try (JsonReader reader = Json.createReader(new StringReader(run.chat().read(path)))) {
            JsonObject answer = reader.readObject();
            return answer.getJsonArray("messages");
        }
    }
}
