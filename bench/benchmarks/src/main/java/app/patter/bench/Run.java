package app.patter.bench;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import app.patter.server.PatterServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Patter with one database, and everything that the parts of the benchmark measure it with. */
final class Run implements AutoCloseable {

    private static final int PATIENCE = 60_000;

    /** Pages that one person has open; each is told when one of that person's other answers begins or ends. */
    static final int PAGES = 20;

    final TokenServer model = new TokenServer();
    final Relay relay = new Relay(model.port());
    final Followers followers = new Followers();
    final Report report;
    final Database database;
    private final Path gc;
    private final PatterServer server;
    private final List<Chat> people = new ArrayList<>();
    private int streams;

    /** Seconds from the start of the process until Patter is ready, on an empty database. */
    final double start;

    /** Streams of each conversation, in order, to be compared with the database at the end. */
    private final Map<UUID, List<Sent>> asked = new LinkedHashMap<>();

    Run(Path folder, Database database, Report report) {
        this.database = database;
        this.report = report;
        this.gc = folder.resolve("gc.log");
        Map<String, String> settings = new LinkedHashMap<>(database.settings());
        settings.put("PATTER_MODEL_URL", model.base());
        settings.put("PATTER_READERS", "20000");
        settings.put("PATTER_ANSWERS_PER_ACCOUNT", "20000");
        settings.put("PATTER_MESSAGES_PER_MINUTE", "1000000");
        settings.put("PATTER_READERS_PER_ACCOUNT", "20000");
        settings.put("PATTER_ANSWERS_PER_ACCOUNT", "20000");
        settings.put("PATTER_MESSAGES_PER_MINUTE", "1000000");
        settings.put("JAVA_TOOL_OPTIONS", "-Xlog:gc:file=" + gc + " " + System.getProperty("bench.server", ""));
        long began = System.nanoTime();
        server = PatterServer.start(folder, settings);
        start = (System.nanoTime() - began) / 1e9;
        people.add(Chat.first(server.address()));
    }

    long pid() {
        return server.pid();
    }

    int port() {
        return server.address().getPort();
    }

    Pauses pauses() {
        return new Pauses(gc);
    }

    /** What Patter has printed. */
    String log() {
        return server.log();
    }

    /** Stops Patter, lets something be done with its database, and starts it again. */
    void without(Runnable work) {
        server.stop();
        work.run();
        server.start();
    }

    /** The person who has made the first account. */
    Chat chat() {
        return people.get(0);
    }

    /** The person with this number of an open page. */
    Chat person(int page) {
        while (people.size() <= page / PAGES) {
            people.add(chat().other("bench-" + people.size()));
        }
        return people.get(page / PAGES);
    }

    /** The number of a new stream for the conversation. */
    int asks(UUID conversation) {
        int number = ++streams;
        asked.computeIfAbsent(conversation, id -> new ArrayList<>()).add(model.sent(number));
        return number;
    }

    /** Sends a message that begins a conversation, or goes on with one. */
    Sent ask(Chat person, UUID conversation, Pace pace) {
        boolean begins = !asked.containsKey(conversation);
        int number = asks(conversation);
        if (begins) {
            person.begin(conversation, number, pace);
        } else {
            person.send(conversation, number, pace);
        }
        return model.sent(number);
    }

    Follower follow(Chat person, UUID conversation) {
        return followers.follow(port(), person.events(conversation, "0"));
    }

    /** A stream that is read without Patter: from the model server's port, or from the relay's. */
    Reading without(int port, Pace pace) {
        int number = ++streams;
        String body = "{\"model\":\"" + pace.model()
                + "\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"#" + number + "#\"}]}";
        String request = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        return new Reading(model.sent(number), followers.follow(port, request));
    }

    /** What is sent on one stream, and who reads it. */
    record Reading(Sent sent, Follower reader) implements AutoCloseable {

        boolean isComplete() {
            return sent.isComplete() && reader.seen() == sent.size();
        }

        @Override
        public void close() {
            reader.close();
        }
    }

    /** The reader was shown what was sent, and nothing else. */
    static void same(Sent sent, Follower reader) {
        if (!Arrays.equals(sent.stamps(), reader.shown())) {
            throw new IllegalStateException("a reader was shown " + reader.shown().length + " tokens, not the "
                    + sent.size() + " that were sent, or others");
        }
    }

    /** Bytes of all text that the model was asked for. */
    long text() {
        return asked.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(Sent::size)
                        .sum()
                * Stamp.LENGTH;
    }

    /** Every conversation's text in the database is what the model sent, character by character. */
    void compare() {
        Map<UUID, String> saved = database.answers();
        asked.forEach((conversation, sent) -> {
            StringBuilder text = new StringBuilder();
            sent.forEach(one -> text.append(one.text()));
            if (!text.toString().equals(saved.getOrDefault(conversation, ""))) {
                throw new IllegalStateException("the database lost text of " + conversation);
            }
        });
        report.add(
                "Exact: answers in the database, compared by character",
                String.format(
                        Locale.ROOT,
                        "%,d",
                        asked.values().stream().mapToInt(List::size).sum()));
    }

    static void await(String what, BooleanSupplier condition) {
        await(what, PATIENCE, condition);
    }

    static void await(String what, int patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience * 1_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("not within " + patience / 1_000 + " s: " + what);
            }
            sleep(1);
        }
    }

    static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends Patter; what it has saved can be compared then. */
    @Override
    public void close() {
        server.close();
        followers.close();
        relay.close();
        model.close();
    }
}
