package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.fixture.Rounds;
import app.patter.fixture.Seed;
import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of streaming under random schedules: what a reader shows is what the database holds up to its revision,
 * and after any crash the database holds every revision that any reader ever had.
 */
class ContractIT {

    private static final int ACTIONS = Rounds.of(110);
    private static final String ANSWER = "[words-600-at-100]";

    private final List<Talk> talks = new ArrayList<>();
    private final List<EventReader> subscribers = new ArrayList<>();
    private Random random;
    private PatterServer server;
    private Person person;
    private Database database;

    @Test
    void readersShowWhatTheDatabaseHoldsWhateverHappens(@Seed Random given, @TempDir Path folder) throws IOException {
        random = given;
        try (LoopbackModel model = LoopbackModel.start();
                Postgres postgres = Postgres.start();
                Database opened = postgres.database()) {
            database = opened;
            Map<String, String> settings = new HashMap<>(postgres.settings());
            settings.put("PATTER_MODEL_URL", model.base().toString());
            settings.put("PATTER_MODEL", "as-asked");
            settings.put("PATTER_SAVE_INTERVAL", Integer.toString(1 + random.nextInt(200)));
            settings.put("PATTER_SAVE_SIZE", Integer.toString(1 + random.nextInt(100)));
            server = PatterServer.start(folder, settings);
            try {
                person = Person.first(server.address(), "ada");
                begin();
                for (int action = 1; action <= ACTIONS; action++) {
                    if (action % 70 == 0) {
                        crash(random.nextBoolean());
                    } else {
                        act();
                    }
                    subscribers.forEach(this::assertHeld);
                }
                settle();
            } finally {
                subscribers.forEach(EventReader::close);
                server.close();
            }
        }
    }

    private void act() {
        Talk talk = talks.get(random.nextInt(talks.size()));
        switch (random.nextInt(13)) {
            case 0 -> begin();
            case 1 -> talk.send("More " + ANSWER, SharedPatter.AS_ASKED).expect(204);
            case 2 -> talk.stop().expect(204);
            case 3 ->
                talk.press(talk.last(), random.nextBoolean() ? "retry" : "continuation"); // 4xx where it is not offered
            case 4, 5 -> subscribers.add(talk.follow().connect(random.nextBoolean() ? "Last-Event-ID" : "after"));
            case 6, 7 -> comeOrGo();
            case 8 -> branch(talk);
            case 9 -> subscribers.add(talk.follow().slowly().connect());
            case 10 -> again();
            default -> pass();
        }
    }

    private void begin() {
        talks.add(person.begin("Tell me " + ANSWER, SharedPatter.AS_ASKED));
    }

    private void comeOrGo() {
        if (!subscribers.isEmpty()) {
            EventReader reader = subscribers.get(random.nextInt(subscribers.size()));
            if (reader.connected()) {
                reader.disconnect();
            } else {
                reader.connect();
            }
        }
    }

    /** Another question after an answer that has one already, as when somebody edits theirs. */
    private void branch(Talk talk) {
        List<Database.Row> answers = database.messages(talk.id()).stream()
                .filter(row -> row.role().equals("ASSISTANT"))
                .toList();
        talk.branch(answers.get(random.nextInt(answers.size())).id(), "Otherwise " + ANSWER, SharedPatter.AS_ASKED);
    }

    /** Something that was delivered comes once more. */
    private void again() {
        subscribers.stream()
                .filter(reader -> !reader.frames().isEmpty())
                .findAny()
                .ifPresent(reader ->
                        reader.deliverAgain(random.nextInt(reader.frames().size())));
    }

    /** Lets a few frames come, if anything is being written. */
    private void pass() {
        subscribers.stream()
                .filter(reader -> reader.connected() && reader.shown().active())
                .findFirst()
                .ifPresent(reader -> {
                    long position = reader.position();
                    Until.holds(
                            "it moves",
                            () -> reader.position() > position + 2
                                    || !reader.shown().active()
                                    || !reader.connected());
                });
    }

    /** The process ends, at once or in order, and starts again; the pages of its readers are still open. */
    private void crash(boolean killed) {
        if (killed) {
            server.kill();
        } else {
            server.stop();
        }
        subscribers.forEach(reader -> Until.holds("the connection ends", () -> !reader.connected()));
        subscribers.forEach(this::assertHeld);
        server.start();
        subscribers.forEach(reader -> {
            if (random.nextBoolean()) {
                reader.connect();
            }
        });
    }

    /** Reader first, database second: the database may be further, never behind. */
    private void assertHeld(EventReader reader) {
        assertEquals(List.of(), reader.misses());
        long position = reader.position();
        Shown shown = reader.shown();
        assertTrue(database.revision(reader.talk().id()) >= position, "a revision that is not in the database");
        Map<String, String> saved = database.texts(reader.talk().id());
        shown.runs().keySet().forEach(run -> {
            String text = saved.getOrDefault(run, "");
            assertTrue(text.startsWith(shown.text(run)), () -> run + " shows\n" + shown.text(run) + "\nsaved\n" + text);
        });
    }

    private void settle() {
        talks.forEach(talk -> talk.stop().expect(204));
        Until.holds("nothing is being written", Duration.ofSeconds(60), () -> talks.stream()
                .noneMatch(talk -> talk.shown().active()));
        for (EventReader reader : subscribers) {
            if (!reader.connected()) {
                reader.connect();
            }
            Shown fresh = reader.talk().shown();
            Until.holds("a page that was open shows what a fresh one does", () -> reader.shown()
                    .equals(fresh));
            assertHeld(reader);
        }
        assertTrue(subscribers.size() > 5, "readers: " + subscribers.size());
    }
}
