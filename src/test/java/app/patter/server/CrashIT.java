package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.fixture.Rounds;
import app.patter.fixture.Seed;
import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process ends in the middle of answers: what anybody was shown is there afterwards. */
class CrashIT {

    private static final String MODEL = SharedPatter.AS_ASKED;
    private static final int ROUNDS = Rounds.of(1);

    /** What stands behind Patter. */
    enum Engine {
        H2,
        POSTGRESQL
    }

    /** A database that tests can look into while Patter is down. */
    private record Store(Map<String, String> settings, Supplier<Database> open, Postgres postgres)
            implements AutoCloseable {

        static Store of(Engine engine, Path folder) {
            if (engine == Engine.H2) {
                return new Store(Map.of(), () -> Database.ofFile(folder.resolve("data")), null);
            }
            Postgres postgres = Postgres.start();
            return new Store(postgres.settings(), () -> left(postgres), postgres);
        }

        /** A commit that was sent before the kill goes on in PostgreSQL, which learns only then that nobody waits for it. */
        private static Database left(Postgres postgres) {
            Database database = postgres.database();
            Until.holds(
                    "nothing that Patter began goes on in the database",
                    () -> database.number("select count(*) from pg_stat_activity where datname = current_database()"
                                    + " and backend_type = 'client backend' and pid <> pg_backend_pid()")
                            == 0);
            return database;
        }

        @Override
        public void close() {
            if (postgres != null) {
                postgres.close();
            }
        }
    }

    /** One Patter for each engine, which every test ends and leaves started again: a start takes longer than a test. */
    private record Stage(LoopbackModel model, Store store, PatterServer server, Person person) {

        static Stage of(Engine engine, Path folder) {
            LoopbackModel model = LoopbackModel.start();
            Store store = Store.of(engine, folder);
            Map<String, String> settings = new HashMap<>(store.settings());
            settings.put("PATTER_MODEL_URL", model.base().toString());
            settings.put("PATTER_MODEL", "as-asked");
            PatterServer server = PatterServer.start(folder, settings);
            return new Stage(model, store, server, Person.first(server.address(), "ada"));
        }

        void close() throws IOException {
            server.close();
            store.close();
            model.close();
        }
    }

    private static final Map<Engine, Stage> STAGES = new EnumMap<>(Engine.class);

    @TempDir
    private static Path folder;

    private static Stage stage(Engine engine) {
        Stage stage = STAGES.computeIfAbsent(engine, key -> Stage.of(key, folder.resolve(key.name())));
        if (!stage.server().isAlive()) {
            stage.server().start(); // a test failed in the middle
        }
        return stage;
    }

    @AfterAll
    static void end() throws IOException {
        for (Stage stage : STAGES.values()) {
            stage.close();
        }
        STAGES.clear();
    }

    /** What the model sent for each script, when it is asked first; later it sends three words and ends. */
    private final Map<String, StringBuffer> sent = new ConcurrentHashMap<>();

    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    private String endless(LoopbackModel model, String name) {
        StringBuffer all = new StringBuffer();
        sent.put(name, all);
        model.script(name, answer -> {
            if (!asked.add(name)) {
                model.play("words-3-at-100", answer);
                return;
            }
            answer.stream();
            for (int i = 0; i < 20_000; i++) {
                String token = name + "-" + i + (i % 10 == 9 ? "\n" : " ");
                if (i < 20) {
                    answer.reasoning(token);
                } else {
                    answer.text(token);
                    all.append(token);
                }
                answer.pause(5);
            }
        });
        return "[" + name + "]";
    }

    @Test
    void whatAnybodyWasShownSurvivesKill9(@Seed Random random) {
        crash(random, stage(Engine.H2));
    }

    @Test
    @Tag("long")
    void whatAnybodyWasShownSurvivesKill9OnPostgres(@Seed Random random) {
        crash(random, stage(Engine.POSTGRESQL));
    }

    private void crash(Random random, Stage stage) {
        for (int round = 1; round <= ROUNDS; round++) {
            crash(round, random, stage);
        }
    }

    /** The commit is known to be under way, and nobody knows whether it will succeed: as it happens, it does. */
    @Test
    void whatAnybodyWasShownSurvivesKill9InACommit() {
        Stage stage = stage(Engine.POSTGRESQL);
        PatterServer server = stage.server();
        Postgres postgres = stage.store().postgres();
        Talk talk = stage.person().begin("Begin " + endless(stage.model(), "commit"), MODEL);
        try (EventReader reader = talk.follow().connect();
                Database database = postgres.database()) {
            Until.holds("frames arrive", () -> reader.frames().size() > 3);
            try (SlowCommits slow = SlowCommits.of(postgres, 3)) {
                slow.begin();
                slow.await();
                server.kill();
            }
            Until.holds("the connection ends", () -> !reader.connected());
            long revision = database.revision(talk.id());
            Shown saved = database.shown(talk.id());
            assertHeld(reader, revision, saved, "in a commit");
            assertTrue(revision > reader.position(), "PostgreSQL ended the commit, and nobody was told");
            server.start();
            Until.holds(
                    "marked as interrupted", () -> talk.shown().states().get(2L).equals("interrupted"));
            assertShows(saved, talk.shown());
            reader.connect();
            Until.holds(
                    "who was shown less is told the rest", () -> reader.shown().equals(talk.shown()));
            assertEquals(List.of(), reader.misses());
        }
    }

    private void crash(int round, Random random, Stage stage) {
        PatterServer server = stage.server();
        List<Talk> talks = new ArrayList<>();
        List<EventReader> subscribers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Talk talk = stage.person().begin("Begin " + endless(stage.model(), "r" + round + "t" + i), MODEL);
            talk.send("Two at once " + endless(stage.model(), "r" + round + "s" + i), MODEL)
                    .expect(204);
            talks.add(talk);
            subscribers.add(talk.follow().connect());
            subscribers.add(talk.follow().connect());
        }
        int frames = 3 + random.nextInt(40);
        Until.holds(frames + " frames arrive", () -> subscribers.stream()
                .allMatch(reader -> reader.frames().size() >= frames));
        // The moment of the kill is what is random here: nothing is waited for.
        LockSupport.parkNanos(random.nextInt(100_000_000));
        server.kill();
        Map<Talk, Shown> saved = new HashMap<>();
        try (Database database = stage.store().open().get()) {
            subscribers.forEach(reader -> Until.holds("the connection ends", () -> !reader.connected()));
            talks.forEach(talk -> saved.put(talk, database.shown(talk.id())));
            for (int i = 0; i < subscribers.size(); i++) {
                Talk talk = talks.get(i / 2);
                assertHeld(subscribers.get(i), database.revision(talk.id()), saved.get(talk), "round " + round);
            }
        } finally {
            subscribers.forEach(EventReader::close);
        }
        server.start();
        for (Talk talk : talks) {
            Until.holds(
                    "marked as interrupted, shows " + talk.shown().states(),
                    () -> talk.shown().states().get(2L).equals("interrupted")
                            && talk.shown().states().get(4L).equals("interrupted"));
            assertShows(saved.get(talk), talk.shown());
            assertTrue(talk.page().select("#f2 .problem").text().contains("What was shown is kept"));
        }
        proceed(talks.get(0), saved.get(talks.get(0)));
    }

    private static void assertHeld(EventReader reader, long revision, Shown saved, String round) {
        assertEquals(List.of(), reader.misses());
        assertFalse(reader.frames().isEmpty());
        for (EventReader.Frame frame : reader.frames()) {
            assertTrue(frame.id() <= revision, () -> round + ": revision " + frame.id() + " of " + revision);
            frame.shown().runs().keySet().forEach(run -> {
                String shown = frame.shown().text(run);
                String kept = saved.text(run);
                assertTrue(kept.startsWith(shown), () -> round + ": " + run + " showed\n" + shown + "\nkept\n" + kept);
            });
        }
    }

    private static void assertShows(Shown saved, Shown page) {
        assertEquals(saved.runs().keySet(), page.runs().keySet());
        saved.runs().keySet().forEach(run -> assertEquals(saved.text(run), page.text(run)));
    }

    private static void proceed(Talk talk, Shown before) {
        talk.press(talk.last(), "continuation").expect(204);
        Until.holds("continues and ends", () -> talk.shown().states().get(4L).equals("done"));
        String text = talk.shown().text(4);
        assertEquals(before.text(4) + " word1 word2 word3", text.replaceFirst("\nword1", " word1"));
    }

    @Test
    void everythingIsSavedWhenPatterEndsInFiftyAnswers() {
        endInFiftyAnswers(stage(Engine.H2));
    }

    @Test
    @Tag("long")
    void everythingIsSavedOnPostgresWhenPatterEnds() {
        endInFiftyAnswers(stage(Engine.POSTGRESQL));
    }

    private void endInFiftyAnswers(Stage stage) {
        PatterServer server = stage.server();
        Map<String, Talk> talks = new HashMap<>();
        List<EventReader> subscribers = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            String name = "n" + i;
            Talk talk = stage.person().begin("Begin " + endless(stage.model(), name), MODEL);
            talks.put(name, talk);
            if (i <= 4) {
                subscribers.add(talk.follow().connect());
            }
        }
        Until.holds("all write", () -> sent.values().stream().allMatch(text -> text.length() > 500));
        Until.holds("all are read", () -> subscribers.stream()
                .allMatch(reader -> reader.shown().text(2).length() > 500));
        Map<String, String> before = new HashMap<>();
        talks.keySet().forEach(name -> before.put(name, sent.get(name).toString()));
        Until.holds("what was sent has come through", () -> before.keySet().stream()
                .allMatch(name -> sent.get(name).length() > before.get(name).length() + 50));
        server.stop();
        Map<String, Shown> saved = new HashMap<>();
        try (Database database = stage.store().open().get()) {
            talks.forEach((name, talk) -> {
                Shown shown = database.shown(talk.id());
                saved.put(name, shown);
                assertEquals("interrupted", shown.states().get(2L), () -> name + "\n" + server.log());
                String text = database.texts(talk.id()).get("r2-1");
                assertTrue(
                        text.startsWith(before.get(name)),
                        () -> name + " was sent a moment before the signal\n" + before.get(name) + "\nbut saved is\n"
                                + text);
                assertTrue(sent.get(name).toString().startsWith(text), "nothing else is saved");
            });
        }
        for (EventReader reader : subscribers) {
            Until.holds("the connection ends", () -> !reader.connected());
            reader.close();
        }
        server.start();
        talks.forEach((name, talk) -> assertEquals(saved.get(name), talk.shown()));
    }
}
