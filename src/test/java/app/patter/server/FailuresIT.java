package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong around a stream, and leaves every reader with exactly the text; docs/streaming.md has the list. */
@ExtendWith(SharedPatter.class)
class FailuresIT {

    private static Person person;

    @BeforeAll
    static void logIn() {
        person = SharedPatter.person();
    }

    private static Talk begin(String prompt) {
        return person.begin(prompt, SharedPatter.AS_ASKED);
    }

    private static double metric(String name) {
        return SharedPatter.metric(name);
    }

    /** A connection that has asked for a conversation's events, of which nothing is read yet. */
    private static Socket asking(Talk talk) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(1_024);
            socket.connect(new InetSocketAddress(
                    "localhost", SharedPatter.server().address().getPort()));
            socket.getOutputStream()
                    .write(("GET " + talk.path() + "/events?after=0 HTTP/1.1\r\nHost: localhost\r\nCookie: "
                                    + talk.person().cookies() + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsSavedBetweenThePageAndItsStreamIsNotLost() {
        Dictation dictation = Dictation.at(SharedPatter.model()).begin().text("One ");
        Talk talk = begin(dictation.prompt());
        Until.holds("one", () -> talk.shown().text(2).equals("One"));
        try (EventReader reader = talk.follow()) {
            dictation.text("two ");
            Until.holds(
                    "two is saved",
                    () -> SharedPatter.database().text(talk.id(), 2).equals("One two "));
            reader.connect();
            dictation.text("three.").finish();
            reader.awaitEnd(2);
            assertEquals("One two three.", reader.shown().text(2));
            assertEquals(List.of(), reader.misses());
        }
    }

    @Test
    void aHundredStalledReadersDelayNeitherPagesNorSendsNorStops() throws IOException {
        SharedPatter.model().script("wide-flood", answer -> {
            answer.stream();
            String block = "0123456789abcdef".repeat(256);
            for (int i = 0; i < 1_500; i++) {
                answer.text(block).pause(4);
            }
            answer.finish("stop").done();
        });
        Person victim = SharedPatter.person();
        Talk flood = victim.begin("[wide-flood]", SharedPatter.AS_ASKED);
        List<Socket> stalled = new ArrayList<>();
        double dropped = metric("patter_readers_dropped_total");
        try {
            for (int i = 0; i < 100; i++) {
                stalled.add(asking(flood));
            }
            Until.holds("they are open", () -> metric("patter_readers") >= 100);
            Dictation dictation = Dictation.at(SharedPatter.model()).begin().text("One ");
            Talk talk = begin(dictation.prompt());
            try (EventReader reader = talk.follow().connect()) {
                Until.holds("one", () -> reader.shown().text(2).equals("One"));
                dictation.text("two ");
                Until.holds("two", () -> reader.shown().text(2).equals("One two"));
                talk.page();
                talk.stop().expect(204);
                reader.awaitEnd(2);
                assertEquals("stopped", reader.shown().states().get(2L));
            }
            Until.holds(
                    "all are dropped",
                    Duration.ofSeconds(60),
                    () -> metric("patter_readers_dropped_total") >= dropped + 100);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
            victim.post(flood.path() + "/messages/stop", Map.of());
        }
    }

    @Test
    void aHundredTabsOnOneConversationShareOneRenderingOfEachStep() {
        Dictation dictation = Dictation.at(SharedPatter.model()).begin().text("Tabs: ");
        Talk talk = begin(dictation.prompt());
        Until.holds("it begins", () -> talk.shown().text(2).equals("Tabs:"));
        List<EventReader> tabs = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                tabs.add(talk.follow().connect());
            }
            Until.holds("all are open", () -> metric("patter_readers") >= 100);
            String writing = talk.id().toString();
            Until.holds("all know where answers are written", () -> tabs.stream()
                    .allMatch(tab -> running(tab).equals(List.of(writing))));
            double rendered = metric("patter_steps_rendered_total");
            double reads = metric("patter_reads_total");
            long revision = SharedPatter.database().revision(talk.id());
            for (int i = 1; i <= 10; i++) {
                dictation.text("x ");
                String shown = "Tabs:" + " x".repeat(i);
                for (EventReader tab : tabs) {
                    Until.holds(
                            "every tab shows " + shown,
                            () -> tab.shown().text(2).equals(shown));
                }
            }
            long steps = SharedPatter.database().revision(talk.id()) - revision;
            double drawn = metric("patter_steps_rendered_total") - rendered;
            double read = metric("patter_reads_total") - reads;
            // The first brings on what was rendered for nobody before the tabs came.
            assertTrue(drawn <= steps + 1 && read <= 1, () -> steps + " steps, rendered " + drawn + ", read " + read);
            assertTrue(drawn >= 9, () -> "rendered " + drawn); // the first may be part of what was read
            double before = metric("patter_reads_total");
            dictation.finish();
            for (EventReader tab : tabs) {
                tab.awaitEnd(2);
                assertEquals(List.of(), tab.misses());
            }
            Until.holds("all know that none is written", () -> tabs.stream()
                    .allMatch(tab -> running(tab).equals(List.of(writing, "none"))));
            double told = metric("patter_reads_total") - before;
            assertTrue(told >= 1 && told <= 10, () -> told + " reads told all tabs of the end and the title");
        } finally {
            tabs.forEach(EventReader::close);
        }
    }

    private static List<String> running(EventReader reader) {
        return reader.notices().stream()
                .filter(notice -> notice.name().equals("running"))
                .map(EventReader.Notice::data)
                .toList();
    }

    @Test
    void aThousandConnectionsThatComeAndGoLeaveNothingBehind() throws IOException {
        Talk talk = begin("[words-3-at-100]");
        comeAndGo(talk, 100);
        Until.holds("they are gone", () -> metric("patter_readers") == 0);
        double threads = metric("jvm_threads_live_threads");
        double sockets = sockets();
        long heap = liveHeap();
        comeAndGo(talk, 1_000);
        Until.holds("they are gone", () -> metric("patter_readers") == 0);
        Until.holds("sockets are closed", () -> sockets() <= sockets + 10);
        Until.holds(
                "threads end, of which there were " + threads,
                Duration.ofSeconds(60),
                () -> metric("jvm_threads_live_threads") <= threads + 20);
        // Each would leave at least its request, sink and reader behind, of some 10 KB.
        Until.holds(
                "memory is given back, of which " + heap + " bytes were in use",
                Duration.ofSeconds(60),
                () -> liveHeap() <= heap + 5_000_000);
    }

    /** Bytes of objects in the server that something still refers to. */
    private static long liveHeap() {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(SharedPatter.server().pid()),
                            "GC.class_histogram") // collects garbage first
                    .redirectErrorStream(true)
                    .start();
            String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)").matcher(said);
            assertTrue(total.find(), said);
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sockets of our own: nothing but the server can keep them open. */
    private static void comeAndGo(Talk talk, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (Socket socket = asking(talk)) {
                assertEquals('H', socket.getInputStream().read(), "an answer begins");
            }
        }
    }

    private static double sockets() {
        try (Stream<Path> open =
                Files.list(Path.of("/proc/" + SharedPatter.server().pid() + "/fd"))) {
            return open.filter(FailuresIT::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }

    @Test
    void aRowThatIsLockedForAWhileHoldsItsTextBackAndLosesNothing() throws SQLException {
        Dictation dictation = Dictation.at(SharedPatter.model()).begin().text("One ");
        Talk talk = begin(dictation.prompt());
        try (EventReader reader = talk.follow().connect();
                Connection other = SharedPatter.database().another()) {
            Until.holds("one", () -> reader.shown().text(2).equals("One"));
            lock(other, "update conversation set revision = revision where id = ?", talk.id());
            dictation.text("two ");
            Until.holds("saving is paused", () -> paused(reader).contains("true"));
            assertEquals("One", reader.shown().text(2), "nothing is shown that is not saved");
            CompletableFuture<Reply> stop = CompletableFuture.supplyAsync(talk::stop);
            other.rollback();
            stop.join();
            reader.awaitEnd(2);
            assertEquals(
                    "One two", reader.shown().text(2), "also what came before the stop while nothing could be saved");
            assertEquals("stopped", reader.shown().states().get(2L));
            assertEquals(SharedPatter.database().shown(talk.id()), reader.shown());
        }
    }

    private static List<String> paused(EventReader reader) {
        return reader.notices().stream()
                .filter(notice -> notice.name().equals("paused"))
                .map(EventReader.Notice::data)
                .toList();
    }

    private static void lock(Connection other, String sql, UUID id) throws SQLException {
        other.setAutoCommit(false);
        try (var statement = other.prepareStatement(sql)) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }

    @Test
    void requestsThatHoldEveryConnectionTheyCanDoNotStopTheStreaming() throws Exception {
        Person blocked = SharedPatter.person();
        UUID account = SharedPatter.database().account(blocked.name());
        Dictation dictation = Dictation.at(SharedPatter.model()).begin().text("One ");
        Talk talk = begin(dictation.prompt());
        ExecutorService pool = Executors.newFixedThreadPool(60);
        try (EventReader reader = talk.follow().connect();
                Connection other = SharedPatter.database().another()) {
            Until.holds("one", () -> reader.shown().text(2).equals("One"));
            lock(other, "update account set name = name where id = ?", account);
            List<Future<Reply>> waiting = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                waiting.add(pool.submit(() -> new Talk(blocked, UUID.randomUUID()).begin("x", SharedPatter.AS_ASKED)));
            }
            for (String word : List.of("two", "three", "four")) {
                dictation.text(word + " ");
                Until.holds(word, () -> reader.shown().text(2).endsWith(word));
            }
            other.rollback();
            dictation.finish();
            reader.awaitEnd(2);
            assertEquals("One two three four", reader.shown().text(2));
            for (Future<Reply> reply : waiting) {
                int status = reply.get().status();
                assertTrue(status == 303 || status == 503, "status " + status);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void twoWhoSendAtOnceSeeTheSameOrder() throws Exception {
        Talk talk = begin("[words-1-at-100]");
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (EventReader one = talk.follow().connect();
                EventReader other = talk.follow().connect()) {
            one.awaitEnd(2);
            List<Future<Reply>> sent = new ArrayList<>();
            for (String text : List.of("left", "right")) {
                sent.add(pool.submit(() -> talk.send(text + " [words-2-at-100]", SharedPatter.AS_ASKED)));
            }
            for (Future<Reply> reply : sent) {
                reply.get().expect(204);
            }
            one.awaitEnd(4);
            one.awaitEnd(6);
            other.awaitEnd(4);
            other.awaitEnd(6);
            assertEquals(one.shown(), other.shown());
            assertEquals(SharedPatter.database().shown(talk.id()), one.shown());
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void stopAfterTheEndChangesNothing() {
        Talk talk = begin("[words-2-at-100]");
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            UUID answer = talk.last();
            long revision = SharedPatter.database().revision(talk.id());
            talk.press(answer, "stop").expect(204);
            talk.stop().expect(204);
            assertEquals("DONE", SharedPatter.database().last(talk.id()).state());
            assertEquals(revision, SharedPatter.database().revision(talk.id()));
        }
    }

    @Test
    void aCursorOfAnotherConversationEndsAsAFreshPage() {
        Talk talk = begin("[words-40-at-100]");
        Talk other = begin("[words-2-at-100]");
        try (EventReader reader = talk.follow().connect();
                EventReader second = other.follow().connect()) {
            reader.awaitEnd(2);
            second.awaitEnd(2);
            long foreign = reader.position();
            assertTrue(foreign > second.position());
            Reply reply = person.get(other.path() + "/events?after=" + foreign).expect(200);
            assertTrue(reply.text().contains("event: stale"), "the page is told to load anew");
        }
    }

    @Test
    void aModelThatIsSilentForAWhileAndThenGoesOnIsNotGivenUp() {
        CountDownLatch goesOn = new CountDownLatch(1);
        SharedPatter.model().script("pause-then-more", answer -> {
            answer.stream().text("Before ");
            goesOn.await();
            answer.text("after.").finish("stop").done();
        });
        Talk talk = begin("[pause-then-more]");
        try (EventReader reader = talk.follow().connect()) {
            Until.holds("meanwhile the connection shows that it lives", () -> reader.beats() > 0);
            goesOn.countDown();
            reader.awaitEnd(2);
            assertEquals("Before after.", SharedPatter.database().text(talk.id(), 2));
        } finally {
            goesOn.countDown();
        }
    }

    @Test
    void aHundredThousandTokensAsFastAsTheyAreReadArriveWhole() {
        Talk talk = begin("[unthrottled-100000]");
        try (EventReader reader = talk.follow().withoutRecord().connect()) {
            reader.awaitEnd(2);
            String saved = SharedPatter.database().text(talk.id(), 2);
            assertTrue(saved.endsWith("word100000 "));
            assertEquals(100_000, saved.split(" ").length);
            assertEquals(SharedPatter.database().shown(talk.id()), reader.shown());
        }
    }
}
