package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.fixture.Seed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What readers of event streams get: exactly what the database has, whatever happens on the way. */
@ExtendWith(SharedPatter.class)
class StreamIT {

    private static Person person;

    @BeforeAll
    static void logIn() {
        person = SharedPatter.person();
    }

    private static Talk begin(String prompt) {
        return person.begin(prompt, SharedPatter.AS_ASKED);
    }

    /** A script that writes numbered tokens of one letter. */
    private static String alphabet(char letter, int tokens, int pause) {
        String name = "alphabet-" + letter + "-" + tokens + "-" + pause;
        SharedPatter.model().script(name, answer -> {
            answer.stream();
            for (int i = 0; i < tokens; i++) {
                answer.text(letter + "" + i + " ").pause(pause);
            }
            answer.finish("stop").done();
        });
        return "[" + name + "]";
    }

    private static String expected(char letter, int tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            text.append(letter).append(i).append(' ');
        }
        return text.toString();
    }

    @Test
    void answersInManyConversationsDoNotMix() {
        List<Talk> talks = new ArrayList<>();
        List<EventReader> subscribers = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                Talk talk = begin(alphabet((char) ('a' + i), 200, 5));
                talks.add(talk);
                subscribers.add(talk.follow().connect());
            }
            for (int i = 0; i < 8; i++) {
                subscribers.get(i).awaitEnd(2);
                String text = expected((char) ('a' + i), 200);
                assertEquals(text, SharedPatter.database().text(talks.get(i).id(), 2));
                assertEquals(text.strip(), subscribers.get(i).shown().text(2));
                assertEquals(List.of(), subscribers.get(i).misses());
            }
        } finally {
            subscribers.forEach(EventReader::close);
        }
    }

    @Test
    void answersInOneConversationDoNotMix() {
        Talk talk = begin(alphabet('k', 150, 5));
        try (EventReader reader = talk.follow().connect()) {
            for (int i = 1; i < 5; i++) {
                talk.send(alphabet((char) ('k' + i), 150, 5), SharedPatter.AS_ASKED)
                        .expect(204);
            }
            for (int i = 0; i < 5; i++) {
                reader.awaitEnd(2 * i + 2);
            }
            Shown saved = SharedPatter.database().shown(talk.id());
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        expected((char) ('k' + i), 150), SharedPatter.database().text(talk.id(), 2 * i + 2));
            }
            assertEquals(saved, reader.shown());
            assertEquals(saved, talk.shown());
            assertEquals(List.of(), reader.misses());
        }
    }

    @Test
    void twoAnswersToOneMessageAtOnceAreTwoBranches() {
        Talk talk = begin(alphabet('v', 200, 5));
        try (EventReader reader = talk.follow().connect()) {
            UUID first = talk.last();
            talk.press(first, "retry").expect(204);
            reader.awaitEnd(3);
            Until.holds("both end", () -> SharedPatter.database().messages(talk.id()).stream()
                    .allMatch(row -> row.state().equals("DONE")));
            assertEquals(expected('v', 200), SharedPatter.database().text(talk.id(), 2));
            assertEquals(expected('v', 200), SharedPatter.database().text(talk.id(), 3));
            assertEquals(talk.shown().runs(), reader.shown().runs());
        }
    }

    @Test
    void readersThatComeAndGoEndWithExactlyTheText(@Seed long seed) throws Exception {
        Talk talk = begin(alphabet('z', 400, 10));
        ExecutorService pool = Executors.newFixedThreadPool(20);
        try {
            List<Future<Void>> subscribers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Random random = new Random(seed + i);
                subscribers.add(pool.submit(() -> comeAndGo(talk, random)));
            }
            for (Future<Void> reader : subscribers) {
                reader.get();
            }
            assertEquals(expected('z', 400), SharedPatter.database().text(talk.id(), 2));
        } finally {
            pool.shutdownNow();
        }
    }

    private static Void comeAndGo(Talk talk, Random random) {
        try (EventReader reader = talk.follow()) {
            for (int turn = 0; turn < 200 && (turn == 0 || reader.shown().active()); turn++) {
                reader.connect(random.nextBoolean() ? "Last-Event-ID" : "after");
                int wanted = reader.frames().size() + 1 + random.nextInt(10);
                Until.holds(
                        "frames arrive",
                        () -> reader.frames().size() >= wanted
                                || !reader.shown().active());
                reader.disconnect();
            }
            assertEquals(SharedPatter.database().shown(talk.id()), reader.shown());
            assertEquals(List.of(), reader.misses());
            assertGrows(reader);
            return null;
        }
    }

    /** Nothing that was shown once is taken back or changed. */
    private static void assertGrows(EventReader reader) {
        String before = "";
        long position = 0;
        for (EventReader.Frame frame : reader.frames()) {
            String now = frame.shown().text(2);
            assertTrue(now.startsWith(before), () -> "text was taken back at revision " + frame.id());
            assertTrue(frame.id() > position, "revisions grow");
            before = now;
            position = frame.id();
        }
    }

    @Test
    void aReaderThatResumesAtEveryRevisionHasAnExactPage() {
        Talk talk = begin(alphabet('w', 60, 55));
        try (EventReader reader = talk.follow()) {
            for (int i = 0; i < 500 && (i == 0 || reader.shown().active()); i++) {
                int seen = reader.frames().size();
                reader.connect();
                Until.holds("a frame arrives", () -> reader.frames().size() > seen);
                reader.disconnect();
            }
            assertEquals(SharedPatter.database().shown(talk.id()), reader.shown());
            assertGrows(reader);
            assertEquals(List.of(), reader.misses());
        }
    }

    @Test
    void whateverAReaderHasIsInTheDatabaseAtThatMoment() {
        Talk talk = begin(alphabet('y', 300, 5));
        try (EventReader reader = talk.follow().connect()) {
            for (int checks = 0; checks < 100_000 && reader.shown().active(); checks++) {
                long position = reader.position();
                String shown = reader.shown().text(2);
                assertTrue(SharedPatter.database().revision(talk.id()) >= position);
                assertTrue(SharedPatter.database().shown(talk.id()).text(2).startsWith(shown));
            }
            assertEquals(SharedPatter.database().shown(talk.id()), reader.shown());
        }
    }

    @Test
    void stopKeepsTheTextAndRefusesWhatComesLater() {
        Dictation dictation = Dictation.at(SharedPatter.model());
        Talk talk = begin(dictation.begin().text("Kept text. ").prompt());
        try (EventReader reader = talk.follow().connect()) {
            Until.holds("the text arrives", () -> reader.shown().text(2).equals("Kept text."));
            dictation.untilClosed("late ");
            Until.holds("later text arrives", () -> reader.shown().text(2).contains("late"));
            talk.stop().expect(204);
            Shown stopped = SharedPatter.database().shown(talk.id());
            assertEquals("stopped", stopped.states().get(2L), "when Stop answers, it is done");
            dictation.awaitClosed();
            talk.stop().expect(204);
            talk.press(talk.last(), "stop").expect(204);
            reader.awaitEnd(2);
            assertEquals(stopped, SharedPatter.database().shown(talk.id()), "nothing changes after that");
            assertEquals(stopped, reader.shown());
            assertEquals(stopped, talk.shown());
            assertTrue(stopped.text(2).matches("Kept text\\.( late)+"), stopped.text(2));
        }
    }

    @Test
    void stopBeforeTheFirstTokenLeavesAnEmptyAnswerThatCanBeContinued() {
        Dictation dictation = Dictation.at(SharedPatter.model());
        Talk talk = begin(dictation.prompt());
        try (EventReader reader = talk.follow().connect()) {
            dictation.awaitAsked();
            talk.press(talk.last(), "stop").expect(204);
            assertEquals("STOPPED", SharedPatter.database().last(talk.id()).state());
            reader.awaitEnd(2);
            assertEquals("", talk.shown().text(2));
            dictation.begin().text("now").finish().awaitClosed();
            assertEquals("STOPPED", SharedPatter.database().last(talk.id()).state());
            assertEquals("", SharedPatter.database().shown(talk.id()).text(2));
        }
        Dictation second =
                Dictation.at(SharedPatter.model()).begin().text("an answer").finish();
        talk.send(second.prompt(), SharedPatter.AS_ASKED).expect(204);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(4);
            assertEquals("an answer", reader.shown().text(4));
        }
    }

    @Test
    void stopFromManyTabsAtOnceHasOneEnd() throws Exception {
        Dictation dictation = Dictation.at(SharedPatter.model());
        Talk talk = begin(dictation.begin().text("text").untilClosed(".").prompt());
        try (EventReader reader = talk.follow().connect()) {
            Until.holds("the text arrives", () -> reader.shown().text(2).startsWith("text"));
            ExecutorService pool = Executors.newFixedThreadPool(6);
            try {
                Callable<Integer> stop = () -> talk.stop().status();
                for (Future<Integer> status : pool.invokeAll(List.of(stop, stop, stop, stop, stop, stop))) {
                    assertEquals(204, status.get());
                }
            } finally {
                pool.shutdownNow();
            }
            Shown stopped = SharedPatter.database().shown(talk.id());
            assertEquals("stopped", stopped.states().get(2L));
            reader.awaitEnd(2);
            assertEquals(stopped, reader.shown());
        }
    }

    @Test
    void aDeletedConversationEndsItsStreamsAndItsAnswer() {
        Dictation dictation = Dictation.at(SharedPatter.model());
        Talk talk = begin(dictation.begin().text("text").untilClosed(".").prompt());
        try (EventReader reader = talk.follow().connect()) {
            Until.holds("the text arrives", () -> reader.shown().text(2).startsWith("text"));
            talk.delete().expect(303);
            Until.holds("the reader is told", () -> reader.notices().stream()
                    .anyMatch(notice -> notice.name().equals("gone")));
            dictation.awaitClosed();
            assertEquals(-1, SharedPatter.database().revision(talk.id()));
            person.get(talk.path()).expect(404);
        }
    }

    @Test
    void aStreamOpensAtOnceAndShowsThatItLives() {
        Talk talk = begin("[no-done]");
        Until.holds("it is done", () -> SharedPatter.database().last(talk.id()).ended());
        try (EventReader reader = talk.follow().connect()) {
            Until.holds("the stream begins", reader::received);
            Until.holds("heartbeats come", () -> reader.beats() >= 4);
            assertEquals(List.of(), reader.frames(), "nothing else");
        }
    }

    @Test
    void aLongAnswerReachesAReaderThatComesLateAndOneThatWasThere() {
        Talk talk = begin("[unthrottled-5000]");
        try (EventReader there = talk.follow().connect()) {
            there.awaitEnd(2);
            try (EventReader late = new EventReader(talk, talk.page())) {
                assertEquals(SharedPatter.database().shown(talk.id()), late.shown());
            }
            assertEquals(SharedPatter.database().shown(talk.id()), there.shown());
            assertTrue(there.shown().text(2).endsWith("word5000"));
        }
    }

    @Test
    void aReaderThatDoesNotReadIsDroppedAndDelaysNobody() throws IOException {
        CountDownLatch othersWentOn = new CountDownLatch(1);
        SharedPatter.model().script("flood", answer -> {
            answer.stream();
            String block = "0123456789abcdef".repeat(256);
            for (int i = 0; i < 1_500; i++) {
                answer.text(block).pause(4);
                while (i == 750 && othersWentOn.getCount() > 0) {
                    answer.piece(": the others first\n\n").pause(50);
                }
            }
            answer.finish("stop").done();
        });
        Talk talk = begin("[flood]");
        String stuck = "patter_readers_dropped_total{reason=\"stuck\"}";
        double dropped = SharedPatter.metric(stuck);
        try (Socket stalled = new Socket();
                EventReader reader = talk.follow().withoutRecord().connect()) {
            stalled.setReceiveBufferSize(1_024);
            stalled.connect(new InetSocketAddress(
                    "localhost", SharedPatter.server().address().getPort()));
            stalled.getOutputStream()
                    .write(("GET " + talk.path()
                                    + "/events?after=0 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nCookie: "
                                    + person.cookies() + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            Talk other = begin(alphabet('q', 100, 10));
            try (EventReader quick = other.follow().connect()) {
                quick.awaitEnd(2);
                assertEquals(SharedPatter.database().shown(other.id()), quick.shown());
            }
            assertTrue(reader.shown().active(), "other conversations go on");
            othersWentOn.countDown();
            reader.awaitEnd(2);
            assertEquals(SharedPatter.database().shown(talk.id()), reader.shown());
            assertEquals(1_500 * 4_096, reader.shown().text(2).length());
            Until.holds("the other one is dropped", () -> SharedPatter.metric(stuck) == dropped + 1);
            stalled.setReceiveBufferSize(1 << 20); // or the megabytes on their way take minutes
            stalled.setSoTimeout(30_000);
            assertTrue(endsBeforeAllIsSent(stalled), "the connection was closed by Patter");
        }
    }

    /** Reads what the buffers still hold; a dropped connection ends, an open one would go on with heartbeats. */
    private static boolean endsBeforeAllIsSent(Socket socket) {
        byte[] buffer = new byte[1 << 16];
        long until = System.nanoTime() + 40_000_000_000L;
        try {
            while (System.nanoTime() < until) {
                if (socket.getInputStream().read(buffer) < 0) {
                    return true;
                }
            }
            return false;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true; // reset
        }
    }

    @Test
    void aReaderOnAnOlderBranchIsNotDisturbed() {
        Talk talk = begin(alphabet('g', 5, 1));
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            UUID first = talk.last();
            talk.press(first, "retry").expect(204);
            reader.awaitEnd(3);
            assertFalse(reader.shown().states().containsKey(2L), "the reader moved to the new branch");
            assertEquals(expected('g', 5).strip(), Shown.of(talk.page(first)).text(2));
        }
    }

    @Test
    void aReaderOfAnOlderBranchFollowsItLive() {
        Talk talk = begin(alphabet('g', 5, 1));
        talk.follow().connect().awaitEnd(2).close();
        UUID first = talk.last();
        talk.press(first, "retry").expect(204);
        try (EventReader reader = talk.follow(first).connect()) {
            talk.branch(first, alphabet('h', 5, 1), SharedPatter.AS_ASKED).expect(204);
            reader.awaitEnd(5);
            assertEquals(Set.of(1L, 2L, 4L, 5L), reader.shown().states().keySet());
            assertEquals(expected('h', 5).strip(), reader.shown().text(5));
            assertEquals(Shown.of(talk.page(first)), reader.shown());
            assertEquals(List.of(), reader.misses());
        }
    }
}
