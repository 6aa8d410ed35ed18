package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.Access;
import app.patter.conversation.Accesses;
import app.patter.fixture.Seed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The contract of a reader, under schedules that no server would show us on demand. */
class SubscriberTest {

    private final Access access = Accesses.owned(UUID.randomUUID(), UUID.randomUUID());

    /** What is committed; its length is the revision. */
    private final StringBuilder database = new StringBuilder();

    private final Deque<Runnable> sends = new ArrayDeque<>();
    private final Deque<Runnable> reads = new ArrayDeque<>();

    /** What rests, with the time at which it goes on. */
    private final List<Resting> resting = new ArrayList<>();

    /** Steps before this revision are not in memory. */
    private long memory;

    private record Resting(Runnable work, long until) {}

    private final FakeBrowser connection = new FakeBrowser();
    private boolean page;
    private boolean gone;
    private boolean full;
    private long now;

    private final FrameSource source = new FrameSource() {
        @Override
        public Optional<Frame> cached(long position, long upTo) {
            assertTrue(upTo <= database.length(), "asked for what is not committed");
            return position < memory
                    ? Optional.empty()
                    : Optional.of(new Frame(upTo, database.substring((int) position, (int) upTo), 0));
        }

        @Override
        public Optional<Frame> read(long position) {
            if (full) {
                throw new OutOfMemoryError("a frame too large");
            }
            return Optional.of(new Frame(database.length(), database.substring((int) position), 0));
        }

        @Override
        public boolean forPages() {
            return page;
        }
    };

    private void holds() {
        assertEquals(database.substring(0, (int) connection.position), connection.shown.toString());
    }

    private Subscriber reader(long position) {
        connection.position = position;
        connection.shown.append(database, 0, (int) position);
        Subscriber subscriber = new Subscriber(
                new Subscription(access, "login", position, source, connection.sse(), connection, null),
                new Subscriber.Pools(
                        sends::add,
                        reads::add,
                        Runnable::run,
                        (executor, work, pause) -> resting.add(new Resting(work, now + pause))),
                new StreamMeters(new SimpleMeterRegistry()),
                15_000,
                () -> now,
                gone -> this.gone = true);
        subscriber.open();
        return subscriber;
    }

    /** A reader whose first frame is read and on its way, as far as that goes. */
    private Subscriber sendingItsFirst() {
        Subscriber subscriber = reader(0);
        database.append("a");
        subscriber.wake(1);
        run();
        return subscriber;
    }

    private void run() {
        do {
            rested();
        } while (runNext(sends) || runNext(reads));
    }

    private static boolean runNext(Deque<Runnable> pool) {
        Runnable next = pool.poll();
        if (next == null) {
            return false;
        }
        next.run();
        return true;
    }

    private void rested() {
        resting.removeIf(work -> {
            boolean over = work.until() <= now;
            if (over) {
                sends.add(work.work());
            }
            return over;
        });
    }

    @RepeatedTest(200)
    void whateverWakesItItShowsWhatTheDatabaseHoldsUpToItsRevision(@Seed Random random) {
        for (int i = 0; i < random.nextInt(5); i++) {
            database.append('x');
        }
        Subscriber subscriber = reader(random.nextInt(database.length() + 1));
        List<Long> wakes = new ArrayList<>();
        for (int action = 0; action < 200; action++) {
            switch (random.nextInt(9)) {
                case 0, 1 -> {
                    database.append((char) ('a' + random.nextInt(26)));
                    if (random.nextInt(4) > 0) {
                        wakes.add((long) database.length()); // otherwise this wake-up is lost
                    }
                }
                case 2 -> {
                    if (!wakes.isEmpty()) {
                        long wake = wakes.get(random.nextInt(wakes.size())); // late, out of order, or twice
                        subscriber.wake(wake);
                    }
                }
                case 3 -> subscriber.beat();
                case 4 -> runNext(sends);
                case 5 -> runNext(reads);
                case 6 -> memory = random.nextInt(database.length() + 1); // what is older is forgotten
                case 7 -> {
                    now += random.nextInt(300_000_000); // a send that is under way is a slow one
                    rested();
                }
                default -> connection.finishes();
            }
            holds();
        }
        subscriber.wake(database.length());
        do {
            now += 1_000_000_000L;
            run();
        } while (connection.finishes());
        assertEquals(database.toString(), connection.shown.toString());
        assertEquals(1, connection.most, "one send at a time");
    }

    @Test
    void whatBecomesDueDuringASendIsOneFrameAfterwards() {
        Subscriber subscriber = sendingItsFirst();
        for (int i = 2; i <= 100; i++) {
            database.append("b");
            subscriber.wake(i);
        }
        assertEquals(1, connection.frames);
        connection.finishes();
        run();
        assertEquals(2, connection.frames);
        assertEquals(database.toString(), connection.shown.toString());
    }

    @Test
    void aSendThatFailsLetsTheReaderGoOnce() {
        Subscriber subscriber = sendingItsFirst();
        connection.breaks();
        subscriber.drop(StreamMeters.Reason.GONE);
        subscriber.wake(2);
        run();
        assertTrue(gone);
        assertEquals(1, connection.frames);
    }

    @Test
    void aConnectionThatIsGoneBeforeItIsOpenedIsLetGoAndSentNothing() {
        connection.over = true;
        Subscriber subscriber = reader(0);
        assertTrue(gone);
        database.append("a");
        subscriber.wake(1);
        run();
        assertEquals(0, connection.open);
    }

    @Test
    void aReaderWhoseFrameDoesNotFitIntoMemoryIsLetGo() {
        memory = 1;
        full = true;
        sendingItsFirst();
        connection.finishes();
        run();
        assertTrue(gone);
    }

    @Test
    void aSendThatDoesNotEndIsNoticedAndNobodyWaitsForIt() {
        Subscriber subscriber = reader(0);
        assertEquals(0, subscriber.stuck());
        database.append("a");
        subscriber.wake(1);
        run();
        now += 11_000_000_000L;
        assertEquals(11_000_000_000L, subscriber.stuck());
        subscriber.wake(1);
        subscriber.beat();
        subscriber.notice("paused", "true", false);
        run();
        assertEquals(1, connection.frames);
    }

    @Test
    void whoWaitsForATurnOrAReadIsNoStalledReader() {
        Subscriber subscriber = reader(0);
        database.append("a");
        memory = 1;
        subscriber.wake(1);
        now += 11_000_000_000L;
        assertEquals(0, subscriber.stuck(), "it waits for a thread");
        assertEquals(11_000_000_000L, subscriber.waiting());
        assertTrue(runNext(sends));
        assertEquals(1, reads.size());
        now += 11_000_000_000L;
        assertEquals(0, subscriber.stuck(), "it waits for the database");
        assertEquals(22_000_000_000L, subscriber.waiting());
        run();
        assertEquals("a", connection.shown.toString());
        now += 11_000_000_000L;
        assertEquals(11_000_000_000L, subscriber.stuck(), "it waits for the browser");
        assertEquals(0, subscriber.waiting());
        connection.finishes();
        run();
        now += 2_000_000_000L;
        run();
        now += 11_000_000_000L;
        assertEquals(0, subscriber.waiting(), "it has rested, and nothing is due");
    }

    @Test
    void aWakeUpThatSaysNothingNewDoesNotCountAsASignOfLife() {
        Subscriber subscriber = sendingItsFirst();
        connection.finishes();
        run();
        now += 9_000_000_000L;
        subscriber.wake(1);
        run();
        assertEquals(9_000_000_000L, subscriber.silent());
    }

    @Test
    void eachPartOfALargeFrameHasTheWholeTimeOfASend() {
        page = true;
        database.append("word ").append(" ".repeat(3_000)).append("\uD83D\uDE80".repeat(5_000));
        while (database.length() < 50_000) {
            database.append(" next").append(" ".repeat(database.length() % 3));
        }
        Subscriber subscriber = reader(5);
        subscriber.wake(database.length());
        run();
        subscriber.notice("paused", "true", false);
        int longest = 0;
        do {
            run();
            longest = Math.max(longest, connection.size);
            now += 9_000_000_000L;
            assertTrue(subscriber.stuck() <= 9_000_000_000L, "a part that came through did not count");
        } while (connection.finishes());
        assertTrue(longest < 7_000, longest + " characters at once");
        List<String> told = new ArrayList<>(connection.names);
        assertTrue(told.remove("paused=true"), "what happens meanwhile is told between the parts");
        assertTrue(told.size() > 10, "parts " + told.size());
        told.forEach(part -> assertTrue(part.startsWith("part="), part));
        told.forEach(part -> assertTrue(!part.startsWith("part= "), "a browser would swallow this blank"));
        told.forEach(
                part -> assertTrue(!Character.isHighSurrogate(part.charAt(part.length() - 1)), "half a character"));
        String parts = told.stream().map(part -> part.substring(5)).collect(Collectors.joining());
        String last = connection.shown.substring(5);
        assertEquals("<!--5-->" + database.substring(5), parts + last);
        assertEquals(1, connection.frames, "only the last part moves the page on");
    }

    @Test
    void aReaderHoldsAFrameUntilItsLastPartIsSentOrItIsLetGo() {
        page = true;
        database.append("word ".repeat(2_000));
        Subscriber subscriber = reader(0);
        subscriber.wake(database.length());
        run();
        assertTrue(subscriber.held() != null);
        while (connection.finishes()) {
            run();
        }
        assertEquals(null, subscriber.held());
        database.append("word ".repeat(2_000));
        subscriber.wake(database.length());
        run();
        assertTrue(subscriber.held() != null);
        subscriber.drop(StreamMeters.Reason.STUCK);
        assertEquals(null, subscriber.held(), "though its send does not end");
    }

    @Test
    void whatIsReadForAReaderThatIsLetGoMeanwhileIsNotHeld() {
        page = true;
        database.append("word ".repeat(2_000));
        memory = database.length();
        Subscriber subscriber = reader(0);
        subscriber.wake(database.length());
        assertTrue(runNext(sends));
        subscriber.drop(StreamMeters.Reason.GONE);
        run();
        assertEquals(null, subscriber.held());
        assertEquals(0, connection.frames);
    }

    @Test
    void aPageIsToldWhatAFrameFollowsThatIsNotTheOneBefore() {
        page = true;
        Subscriber subscriber = reader(0);
        for (int revision = 1; revision <= 3; revision++) {
            database.append("x");
            subscriber.wake(revision);
            run();
            connection.finishes();
            run();
        }
        database.append("xx");
        subscriber.wake(5);
        run();
        connection.finishes();
        run();
        assertEquals("xxx<!--3-->xx", connection.shown.toString());
    }

    @Test
    void ofEachNoticeTheLatestIsSentAndTheLastOneEndsTheStream() {
        Subscriber subscriber = reader(0);
        subscriber.notice("paused", "true", false);
        run();
        subscriber.notice("paused", "never shown", false);
        subscriber.notice("paused", "false", false);
        subscriber.notice("login", "ended", true);
        do {
            run();
        } while (connection.finishes());
        assertEquals(List.of("paused=true", "paused=false", "login=ended"), connection.names);
        assertTrue(gone);
    }

    @Test
    void slowReadersRestLongerAndLongerAndQuickOnesNotAtAll() {
        SendBackoff rest = new SendBackoff();
        assertEquals(0, rest.after(1_000_000));
        List<Long> slow = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            slow.add(rest.after(200_000_000) / 1_000_000);
        }
        assertEquals(List.of(50L, 100L, 200L, 400L, 800L, 1_000L, 1_000L), slow);
        assertEquals(500, rest.after(1_000_000) / 1_000_000);
        for (int i = 0; i < 4; i++) {
            rest.after(1_000_000);
        }
        assertEquals(0, rest.after(1_000_000));
    }
}
