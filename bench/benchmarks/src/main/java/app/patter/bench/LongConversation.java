package app.patter.bench;

import static app.patter.bench.Latencies.ms;

import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** What the length of a conversation costs over the API: adding a message, reading all, reading the last ten. */
final class LongConversation {

    private static final int[] LENGTHS = {100, 1_000, 10_000};
    private static final int TRIES = 20;
    private static final int WARMING_TRIES = 20;
    private static final int LAST = 10;
    private static final double MOST = 1.5;

    private final Run run;

    LongConversation(Run run) {
        this.run = run;
    }

    /** A conversation of some messages, and what has been measured with it. */
    private static final class Subject {
        private final int length;
        private final UUID conversation = UUID.randomUUID();
        private final Latencies add = new Latencies();
        /** Of reading all, for each message; in nanoseconds, told as if they were microseconds. */
        private final Latencies each = new Latencies();

        private final Latencies last = new Latencies();

        /** Those that there are now. */
        private int messages;

        Subject(int length) {
            this.length = length;
            this.messages = length;
        }
    }

    void measure() {
        run.chat().token();
        List<Subject> subjects = Arrays.stream(LENGTHS)
                .mapToObj(length -> new Subject(size(length)))
                .toList();
        run.without(
                () -> subjects.forEach(subject -> run.database.fill(subject.conversation, Chat.NAME, subject.length)));
        for (int i = -WARMING_TRIES; i < TRIES; i++) {
            boolean counts = i >= 0;
            subjects.forEach(subject -> measure(subject, counts)); // in turn, so that all run equally warm code
        }
        subjects.forEach(subject -> report(subject, subjects.get(0)));
    }

    private void report(Subject subject, Subject fewest) {
        String title = String.format(Locale.ROOT, "A conversation of %,d messages: ", subject.length);
        double add = subject.add.at(50);
        double last = subject.last.at(50);
        row(title + "add one", fewest.add.at(50), add, ms(add));
        double each = subject.each.at(50);
        String value = String.format(Locale.ROOT, "%.0f µs", each);
        row(title + "read all, per message", fewest.each.at(50), each, value);
        row(title + "read the last " + LAST, fewest.last.at(50), last, ms(last));
    }

    private static int size(int length) {
        return Math.max(LAST, Sizes.of(length));
    }

    private void row(String row, double first, double now, String value) {
        run.report.goal(row, "× " + MOST + " of the first", now <= MOST * first, value);
    }

    private void measure(Subject subject, boolean counts) {
        String path = "api/v1/conversations/" + subject.conversation + "/messages";
        int number = run.asks(subject.conversation);
        String message = Json.createObjectBuilder()
                .add("text", "Please send stream #" + number + "#")
                .add("model", "openai/" + Pace.WORD.model())
                .build()
                .toString();
        int added = time(() -> run.chat().write(path, message));
        Sent sent = run.model.sent(number);
        Run.await("a short answer", sent::isComplete);
        Run.sleep(200); // until it is saved too
        subject.messages += 2;
        int read = time(() -> check(subject.messages, readAll(path)));
        int since = subject.messages - LAST;
        int readLast = time(() -> check(LAST, messages(path + "?since=" + since).size()));
        if (counts) {
            subject.add.add(added);
            subject.each.add((int) (read * 1_000L / subject.messages));
            subject.last.add(readLast);
        }
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
