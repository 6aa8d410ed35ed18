package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL goes away under a running Patter and comes back: people see that saving is paused, and lose nothing. */
class DatabaseAwayIT {

    private static final String MODEL = SharedPatter.AS_ASKED;

    /** Ways to be away. */
    enum Way {
        STOPPED {
            @Override
            void go(Postgres postgres) {
                postgres.down();
            }

            @Override
            void back(Postgres postgres) {
                postgres.up();
            }
        },
        CRASHED {
            @Override
            void go(Postgres postgres) {
                postgres.crash();
            }

            @Override
            void back(Postgres postgres) {
                postgres.up();
            }
        },
        STANDING_STILL {
            @Override
            void go(Postgres postgres) {
                postgres.freeze();
            }

            @Override
            void back(Postgres postgres) {
                postgres.thaw();
            }
        };

        abstract void go(Postgres postgres);

        abstract void back(Postgres postgres);
    }

    @TempDir
    private static Path folder;

    private static LoopbackModel model;
    private static Postgres postgres;
    private static PatterServer server;
    private static Person person;

    @BeforeAll
    static void start() {
        model = LoopbackModel.start();
        postgres = Postgres.start();
        Map<String, String> settings = new HashMap<>(postgres.settings());
        settings.put("PATTER_MODEL_URL", model.base().toString());
        settings.put("PATTER_MODEL", "as-asked");
        server = PatterServer.start(folder, settings);
        person = Person.first(server.address(), "ada");
    }

    @AfterAll
    static void end() throws IOException {
        if (server != null) {
            server.close();
        }
        if (postgres != null) {
            postgres.close();
        }
        if (model != null) {
            model.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersGoOnWhereTheyWereWhenItIsBack(Way way) {
        List<Dictation> dictations = new ArrayList<>();
        List<EventReader> subscribers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Dictation dictation = Dictation.at(model).begin().text("before ");
            Talk talk = person.begin(dictation.prompt(), MODEL);
            EventReader reader = talk.follow().persist();
            Until.holds("the answer begins", () -> reader.shown().text(2).equals("before"));
            dictations.add(dictation);
            subscribers.add(reader);
        }
        way.go(postgres);
        dictations.forEach(dictation -> dictation.text("during "));
        subscribers.forEach(reader -> awaitPaused(reader, "true"));
        subscribers.forEach(
                reader -> assertEquals("before", reader.shown().text(2), "nothing is shown that is not saved"));
        way.back(postgres);
        dictations.forEach(dictation -> dictation.text("after").finish());
        try (Database database = postgres.database()) {
            for (EventReader reader : subscribers) {
                reader.awaitEnd(2);
                awaitPaused(reader, "false");
                assertEquals("before during after", reader.shown().text(2));
                assertEquals("done", reader.shown().states().get(2L));
                assertEquals(database.shown(reader.talk().id()), reader.shown());
                assertEquals(List.of(), reader.misses());
                reader.close();
            }
        }
    }

    private static void awaitPaused(EventReader reader, String paused) {
        Until.holds("readers are told: paused " + paused, () -> reader.notices().stream()
                .anyMatch(notice ->
                        notice.name().equals("paused") && notice.data().equals(paused)));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatEndsMeanwhileIsSavedWhenItIsBack(Way way) throws InterruptedException {
        Dictation dictation = Dictation.at(model).begin().text("before ");
        Talk talk = person.begin(dictation.prompt(), MODEL);
        try (EventReader reader = talk.follow().persist()) {
            Until.holds("the answer begins", () -> reader.shown().text(2).equals("before"));
            way.go(postgres);
            try {
                dictation.text("during").finish();
                dictation.awaitPlayed(); // the model has said all, and is gone
                awaitPaused(reader, "true");
                assertEquals("before", reader.shown().text(2), "nothing is shown that is not saved");
                assertTrue(Shown.active(reader.shown().states().get(2L)), "nor an end");
            } finally {
                way.back(postgres);
            }
            reader.awaitEnd(2);
            assertEquals("before during", reader.shown().text(2));
            assertEquals("done", reader.shown().states().get(2L));
            try (Database database = postgres.database()) {
                assertEquals(database.shown(talk.id()), reader.shown());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void meanwhileHealthAndMetricsTellTheTruth(Way way) {
        String token = ApiClient.token(person, "read");
        Person operator = Person.stranger(server.address());
        metrics(operator, token);
        Dictation dictation = Dictation.at(model).begin().text("before ");
        Talk talk = person.begin(dictation.prompt(), MODEL);
        try (EventReader reader = talk.follow().persist()) {
            Until.holds("the answer begins", () -> reader.shown().text(2).equals("before"));
            way.go(postgres);
            try {
                dictation.text("during ");
                String first = operator.get("/health/ready").expect(503).text();
                assertTrue(first.contains("The database does not answer."), first);
                operator.get("/health/live").expect(200);
                Until.holds(
                        "it says that nothing is saved",
                        () -> operator.get("/health/ready").expect(503).text().contains("refuses to save"));
                String told = metrics(operator, token);
                assertTrue(told.contains("\npatter_unsaved_characters 7.0\n"), told);
            } finally {
                way.back(postgres);
            }
            dictation.finish();
            reader.awaitEnd(2);
            Until.holds("ready", () -> operator.get("/health/ready").status() == 200);
        }
    }

    /** On the disk that is full already a flood of lines is the last thing to have. */
    @Test
    void meanwhileTheLogSaysEachThingOnce() {
        String before = server.log();
        long began = System.nanoTime();
        Dictation dictation = Dictation.at(model).begin().text("before ");
        Talk talk = person.begin(dictation.prompt(), MODEL);
        Person operator = Person.stranger(server.address());
        try (EventReader reader = talk.follow().persist()) {
            Until.holds("the answer begins", () -> reader.shown().text(2).equals("before"));
            Way.STOPPED.go(postgres);
            try {
                dictation.text("during ");
                awaitPaused(reader, "true");
                assertFalse(busy(talk).contains(200)); // many at once: each waits long for a connection
                operator.get("/health/ready").expect(503);
                operator.get("/health/ready").expect(503);
            } finally {
                Way.STOPPED.back(postgres);
            }
            dictation.finish();
            reader.awaitEnd(2);
        }
        Map<String, Long> kinds = server.log()
                .substring(before.length())
                .lines()
                .filter(line -> !line.contains("event="))
                .map(line -> line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|\\d+", "#"))
                .collect(Collectors.groupingBy(line -> line, TreeMap::new, Collectors.counting()));
        long minutes = Duration.ofNanos(System.nanoTime() - began).toMinutes();
        kinds.values().removeIf(count -> count <= 1 + minutes);
        assertEquals(Map.of(), kinds);
    }

    private static String metrics(Person operator, String token) {
        return operator.get("/metrics", "Authorization", "Bearer " + token)
                .expect(200)
                .text();
    }

    @Test
    void commitsThatTakeTwoSecondsWidenTheIntervalAndLoseNothing() {
        String token = ApiClient.token(person, "read");
        Dictation dictation = Dictation.at(model).begin().text("One ");
        Talk talk = person.begin(dictation.prompt(), MODEL);
        try (EventReader reader = talk.follow().connect();
                SlowCommits slow = SlowCommits.of(postgres, 2)) {
            Until.holds("one", () -> reader.shown().text(2).equals("One"));
            slow.begin();
            for (String word : List.of("two", "three", "four")) {
                dictation.text(word + " ");
                Until.holds(word, () -> reader.shown().text(2).endsWith(word));
            }
            assertTrue(
                    metrics(Person.stranger(server.address()), token).contains("\npatter_save_interval_seconds 1.0\n"),
                    "as wide as it may be");
            dictation.finish();
            reader.awaitEnd(2);
            assertEquals("One two three four", reader.shown().text(2));
            assertEquals(List.of(), reader.misses());
        }
    }

    @Test
    void onceItIsBackNoRequestMeetsADeadConnection() {
        Talk talk = person.begin("Begin [words-3-at-100]", MODEL);
        busy(talk); // fills the pool
        postgres.crash();
        assertEquals(503, person.get("/health/ready").status());
        postgres.up();
        Until.holds("ready", () -> person.get("/health/ready").status() == 200);
        assertEquals(List.of(200), busy(talk).stream().distinct().toList());
    }

    /** The status of many requests at once. */
    private static List<Integer> busy(Talk talk) {
        return IntStream.range(0, 40)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> person.get(talk.path()).status()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    @Test
    void meanwhileAPageSaysSoAndATypedTextIsGivenBack() {
        Talk talk = person.begin("Begin [words-3-at-100]", MODEL);
        postgres.down();
        try {
            Reply page = person.get(talk.path()).expect(503);
            assertTrue(page.html().text().contains("database"), page.text());
            assertFalse(page.text().contains("Exception"), page.text());
            String typed = "Typed " + UUID.randomUUID() + " <with> \"marks\"\nin two lines";
            Reply posted = person.post(
                    talk.path() + "/messages",
                    Map.of(
                            "text",
                            typed,
                            "model",
                            MODEL,
                            "message",
                            UUID.randomUUID().toString()));
            assertEquals(503, posted.status(), posted.text());
            assertTrue(posted.html().wholeText().contains(typed), posted.text());
        } finally {
            postgres.up();
        }
        Until.holds("back", () -> person.get(talk.path()).status() == 200);
    }

    @Test
    void theLogNamesTheFaultOnceAndNoText() {
        Dictation dictation = Dictation.at(model).begin().text("a secret word ");
        Talk talk = person.begin(dictation.prompt(), MODEL);
        try (EventReader reader = talk.follow().persist()) {
            Until.holds("the answer begins", () -> reader.shown().text(2).startsWith("a secret"));
            String before = server.log();
            postgres.down();
            dictation.text("and another secret");
            Until.holds("readers are told", () -> reader.notices().stream()
                    .anyMatch(notice -> notice.name().equals("paused")));
            postgres.up();
            dictation.finish();
            reader.awaitEnd(2);
            String log = server.log().substring(before.length());
            assertTrue(server.log().contains("cannot be saved now"), server.log());
            int times = log.split("cannot be saved now", -1).length - 1;
            assertTrue(times <= 1, log); // none, where another test has just seen it
            assertFalse(log.contains("secret"), log);
            assertFalse(PatterServer.tracesPatter(log), () -> "no stack traces\n" + log);
        }
    }
}
