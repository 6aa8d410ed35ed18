package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators set and see: fall-back models, limits of readers, health, metrics. */
class OperationIT {

    private static final String STAND_IN = "openai/stand-in";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static LoopbackModel model;
    private static ChosenDatabase chosen;
    private static PatterServer server;
    private static Database database;
    private static Person ada;

    @BeforeAll
    static void start() {
        chosen = ChosenDatabase.in(folder);
        model = LoopbackModel.start();
        model.script("stand-in", answer -> model.play("words-3-at-100", answer));
        server = PatterServer.start(
                folder,
                chosen.settings(Map.of(
                        "PATTER_MODEL_URL", model.base().toString(),
                        "PATTER_MODEL", "as-asked",
                        "PATTER_MODEL_FALLBACKS", "stand-in",
                        "PATTER_READERS", "7",
                        "PATTER_READERS_PER_ACCOUNT", "4",
                        "PATTER_HEARTBEAT", "200",
                        "PATTER_SEND_TIMEOUT", "3000")));
        database = chosen.open();
        ada = Person.first(server.address(), "ada");
    }

    @AfterAll
    static void end() throws IOException {
        database.close();
        server.close();
        chosen.close();
        model.close();
    }

    /** A script under a name of its own, as a prompt that asks for it. */
    private static String prompt(LoopbackModel.Script script) {
        String name = "operation-" + NUMBER.incrementAndGet();
        model.script(name, script);
        return "Show me [" + name + "]";
    }

    private static long asked(String prompt) {
        return model.requests().stream()
                .filter(request -> request.body().contains(prompt.replace("\"", "")))
                .count();
    }

    private static Talk ended(String prompt) {
        Talk talk = ada.begin(prompt, SharedPatter.AS_ASKED);
        Until.holds(
                "the answer ends",
                () -> !Shown.active(database.last(talk.id()).state().toLowerCase(java.util.Locale.ROOT)));
        return talk;
    }

    private static String answeredBy(Talk talk) {
        return talk.page().expectFirst(".assistant .name").text();
    }

    // Retries and fall-back

    @Test
    void aBriefFaultIsMendedByAskingAgainAndNobodySeesIt() {
        AtomicInteger times = new AtomicInteger();
        String prompt =
                prompt(answer -> model.play(times.getAndIncrement() < 2 ? "error-500" : "words-5-at-100", answer));
        Talk talk = ended(prompt);
        assertEquals("DONE", database.last(talk.id()).state());
        assertEquals("word1 word2 word3 word4 word5", talk.shown().text(2));
        assertEquals("as-asked", answeredBy(talk));
        assertEquals(3, asked(prompt));
    }

    @Test
    void theProvidersWaitingTimeIsKept() {
        AtomicInteger times = new AtomicInteger();
        AtomicLong refused = new AtomicLong();
        AtomicLong again = new AtomicLong();
        Talk talk = ended(prompt(answer -> {
            if (times.getAndIncrement() == 0) {
                refused.set(System.nanoTime());
                answer.head("429 Too Many Requests", "application/json", "Retry-After: 1", "Content-Length: 2");
                answer.raw("{}");
            } else {
                again.set(System.nanoTime());
                model.play("words-2-at-100", answer);
            }
        }));
        assertEquals("DONE", database.last(talk.id()).state());
        assertTrue(again.get() - refused.get() >= 1_000_000_000L, "asked again too soon");
    }

    @Test
    void aModelThatCannotAnswerIsReplacedAndThePageSaysWhoAnswered() {
        String prompt = prompt(answer -> model.play("error-401", answer));
        Talk talk = ada.begin(prompt, SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            Database.Row last = database.last(talk.id());
            assertEquals("DONE", last.state(), last.problem());
            assertEquals("word1 word2 word3", reader.shown().text(2));
            assertEquals("stand-in", reader.text("h2"), "on the open page");
            assertEquals("stand-in", answeredBy(talk), "on a fresh page");
            assertEquals(
                    1,
                    database.number(
                            "select count(*) from message where conversation_id = ? and model = ?",
                            talk.id(),
                            STAND_IN));
        }
    }

    @Test
    void afterTextHasComeNobodyElseIsAskedAndTheTextStays() {
        String prompt = prompt(answer -> model.play("cut", answer));
        Talk talk = ended(prompt);
        assertEquals("FAILED", database.last(talk.id()).state());
        assertEquals("It was cut ", database.text(talk.id(), 2));
        assertEquals("as-asked", answeredBy(talk));
        assertEquals(1, asked(prompt));
    }

    @Test
    void whenNobodyAnswersTheLastReasonAndTheNumberOfTriesAreTold() {
        model.script("stand-in", answer -> model.play("error-401", answer));
        try {
            Talk talk = ended(prompt(answer -> model.play("error-500", answer)));
            String problem = database.last(talk.id()).problem();
            assertEquals("FAILED", database.last(talk.id()).state());
            assertTrue(problem.contains("key") && problem.contains("tried 4 times"), problem);
        } finally {
            model.script("stand-in", answer -> model.play("words-3-at-100", answer));
        }
    }

    @Test
    void whoIsStoppedWhileWaitingIsNotAskedAgain() {
        LoopbackModel.Script busy = answer -> {
            answer.head("429 Too Many Requests", "application/json", "Retry-After: 1", "Content-Length: 2");
            answer.raw("{}");
        };
        String prompt = prompt(busy);
        Talk talk = ada.begin(prompt, SharedPatter.AS_ASKED);
        Until.holds(
                "it waits",
                () -> asked(prompt) == 1 && database.last(talk.id()).state().equals("QUEUED"));
        talk.stop().expect(204);
        AtomicInteger times = new AtomicInteger();
        Talk later = ended(prompt(answer -> {
            if (times.getAndIncrement() == 0) {
                busy.play(answer);
            } else {
                model.play("words-2-at-100", answer);
            }
        }));
        assertEquals("DONE", database.last(later.id()).state(), "that one waited as long, and longer ago");
        assertEquals("STOPPED", database.last(talk.id()).state());
        assertEquals(1, asked(prompt));
    }

    // Limits

    @Test
    void whoHasTooManyStreamsIsToldAndGetsInWhenOneIsClosed() throws Exception {
        Person bob = ada.invite("bob");
        String token = ApiClient.token(bob, "read");
        Talk talk = bob.begin("Show me [words-1-at-100]", SharedPatter.AS_ASKED);
        List<EventReader> open = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                open.add(talk.follow().connect());
            }
            try (EventReader refused = talk.follow().connect()) {
                Until.holds("it is refused", () -> !refused.notices().isEmpty() && !refused.connected());
                assertEquals("full", refused.notices().get(0).name());
                assertTrue(refused.notices().get(0).data().contains("close some"));
            }
            HttpResponse<String> answer =
                    new ApiClient(server.address(), token).send("GET", "conversations/" + talk.id() + "/events", null);
            assertEquals(429, answer.statusCode());
            assertTrue(answer.body().contains("Close one"), answer.body());
            assertEquals("30", answer.headers().firstValue("Retry-After").orElse(""));
            open.remove(0).close();
            Until.holds("the place is free again", () -> {
                EventReader next = talk.follow().connect();
                Until.holds("an answer", next::received);
                boolean in = next.connected()
                        && next.notices().stream().noneMatch(n -> n.name().equals("full"));
                if (in) {
                    open.add(next);
                } else {
                    next.close();
                }
                return in;
            });
        } finally {
            open.forEach(EventReader::close);
        }
        Until.holds("everybody is gone", () -> readers() == 0);
    }

    @Test
    void aFullServerSaysSoAndGoesOnServingPages() throws Exception {
        List<Person> people = List.of(ada.invite("carl"), ada.invite("dora"));
        List<EventReader> open = new ArrayList<>();
        try {
            for (Person person : people) {
                Talk talk = person.begin("Show me [words-1-at-100]", SharedPatter.AS_ASKED);
                int streams = open.isEmpty() ? 4 : 3;
                for (int i = 0; i < streams; i++) {
                    open.add(talk.follow().connect());
                }
            }
            Talk talk = ada.begin("Show me [words-1-at-100]", SharedPatter.AS_ASKED);
            try (EventReader refused = talk.follow().connect()) {
                Until.holds("it is refused", () -> !refused.notices().isEmpty());
                assertTrue(refused.notices().get(0).data().contains("tries again"));
            }
            talk.page();
        } finally {
            open.forEach(EventReader::close);
        }
        Until.holds("everybody is gone", () -> readers() == 0);
    }

    private static double readers() {
        return metric("patter_readers");
    }

    private static double metric(String name) {
        return metrics()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String metrics() {
        return new Program(ApiTokenOfAda.TOKEN).get(200);
    }

    /** Made once: an account may have only so many. */
    private static final class ApiTokenOfAda {
        private static final String TOKEN = ApiClient.token(ada, "read");
    }

    /** Asks for the metrics with some token. */
    private record Program(String token) {
        String get(int status) {
            Reply reply = Person.stranger(server.address()).get("/metrics", "Authorization", "Bearer " + token);
            return reply.expect(status).text();
        }
    }

    // Health

    @Test
    void healthTellsTheTruth() {
        Person nobody = Person.stranger(server.address());
        assertEquals("alive\n", nobody.get("/health/live").expect(200).text());
        assertEquals("ready\n", nobody.get("/health/ready").expect(200).text());
        String last = " where \"installed_rank\" = (select max(\"installed_rank\") from \"flyway_schema_history\")";
        database.change("update \"flyway_schema_history\" set \"version\" = '0.' || \"version\"" + last);
        try {
            String why = nobody.get("/health/ready").expect(503).text();
            assertTrue(why.contains("one version older"), why);
            assertTrue(ada.get("/operation").expect(200).text().contains("version older"));
        } finally {
            database.change("update \"flyway_schema_history\" set \"version\" = substring(\"version\", 3)" + last);
        }
        nobody.get("/health/ready").expect(200);
    }

    @Test
    void aFullDiskIsNotReady(@TempDir Path other) {
        try (PatterServer full = PatterServer.of(other, Map.of("PATTER_DISK_SPACE", "1000000000"))) {
            full.launch();
            Person nobody = Person.stranger(full.address());
            Until.holds("it lives", Duration.ofMinutes(3), () -> lives(nobody));
            String why = nobody.get("/health/ready").expect(503).text();
            assertTrue(why.contains("The disk is full") && why.contains("PATTER_DISK_SPACE"), why);
        }
    }

    private static boolean lives(Person nobody) {
        try {
            return nobody.get("/health/live").status() == 200;
        } catch (java.io.UncheckedIOException e) {
            return false;
        }
    }

    // Metrics

    @Test
    void metricsTellWhatHappenedAndNothingOfWhatWasSaid() {
        double tokens = metric("patter_tokens_total");
        double failures = metric("patter_upstream_errors_total");
        Talk talk = ada.begin("A secret question [words-20-at-100]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            Until.holds("the reader counts", () -> readers() >= 1);
        }
        ended(prompt(answer -> model.play("cut", answer)));
        Until.holds("the reader is gone", () -> readers() == 0);
        String text = metrics();
        assertEquals(tokens + 23, metric("patter_tokens_total"));
        assertEquals(failures + 1, metric("patter_upstream_errors_total"));
        for (String name : List.of(
                "patter_first_token_seconds_count{upstream=\"openai\"}",
                "patter_latency_seconds{quantile=\"0.99\"}",
                "patter_frame_size_characters_count",
                "patter_save_seconds_count",
                "patter_save_messages_count",
                "patter_save_interval_seconds 0.05",
                "patter_unsaved_characters 0.0",
                "patter_generations 0.0",
                "patter_readers_dropped_total{reason=\"gone\"}",
                "patter_upstream_errors_total{kind=\"truncated\",upstream=\"openai\"}",
                "jvm_memory_used_bytes")) {
            assertTrue(text.contains(name), () -> name + " is missing in\n" + text);
        }
        // Whole words: the collector's "Metadata" is no account.
        assertFalse(Pattern.compile("\\b(secret|ada|as-asked)\\b").matcher(text).find(), text);
    }

    @Test
    void metricsAreForAdministratorsOnly() {
        Person eve = ada.invite("eve");
        String why = new Program(ApiClient.token(eve, "read")).get(403);
        assertTrue(why.contains("administrator"), why);
        new Program("patter_no").get(401);
        ada.get("/metrics").expect(401); // a cookie is no token
        eve.get("/operation").expect(404);
    }

    @Test
    void theOperatorsPageDrawsTheLastHour() {
        Until.holds("a value is there", Duration.ofSeconds(30), () -> !lines(operation())
                .isEmpty());
        Document page = operation();
        assertEquals(10, page.select("figure svg[role=img][aria-label]").size());
        assertEquals(10, lines(page).size());
        assertTrue(page.text().contains("Tokens a second"));
        assertEquals(0, page.select("script, [style]").size());
    }

    private static Document operation() {
        return ada.get("/operation").expect(200).html();
    }

    private static List<Element> lines(Document page) {
        return page.select("polyline").stream()
                .filter(line -> !line.attr("points").isEmpty())
                .toList();
    }

    // Log-ins that end

    @Test
    void whatALoginOpenedEndsWithIt() {
        Person fay = ada.invite("fay");
        Person elsewhere = Person.known(server.address(), "fay");
        Talk talk = fay.begin("Show me [words-1-at-100]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect();
                EventReader other = new Talk(elsewhere, talk.id()).follow().connect()) {
            fay.post("/logout", Map.of()).expect(303);
            Until.holds("it is told", () -> reader.notices().stream()
                    .anyMatch(n -> n.name().equals("login")));
            Until.holds("it ends", () -> !reader.connected());
            assertTrue(other.connected(), "the log-in on the other machine goes on");
        }
        Until.holds("everybody is gone", () -> readers() == 0);
    }

    @Test
    void aPageWithoutScriptsThatGoesOnLoadingEndsWithItsLogIn() throws Exception {
        Person ivy = ada.invite("ivy");
        Dictation dictation = Dictation.at(model).begin().text("One ");
        Talk talk = ivy.begin(dictation.prompt(), SharedPatter.AS_ASKED);
        HttpResponse<InputStream> watching =
                ivy.http().send(ivy.request(talk.path() + "/watch").build(), HttpResponse.BodyHandlers.ofInputStream());
        assertEquals(200, watching.statusCode());
        StringBuffer shown = new StringBuffer();
        CompletableFuture<Void> whole = CompletableFuture.runAsync(() -> read(watching.body(), shown));
        Until.holds("it is watched", () -> shown.indexOf("One") >= 0);
        assertFalse(whole.isDone(), "it goes on loading");
        ivy.post("/logout", Map.of()).expect(303);
        whole.get(30, TimeUnit.SECONDS);
        assertTrue(shown.indexOf("http-equiv=\"refresh\"") >= 0, "it leads to where one logs in");
        dictation.text("two ");
        Until.holds("the answer goes on", () -> database.text(talk.id(), 2).equals("One two "));
        dictation.finish();
    }

    private static void read(InputStream page, StringBuffer into) {
        try (Reader reader = new InputStreamReader(page, StandardCharsets.UTF_8)) {
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                into.append((char) next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // Proxies

    @Test
    void behindNginxTokensComeAtOnceAndSilenceCutsNothing(@TempDir Path nginxFolder) {
        try (Nginx nginx = Nginx.before(server.address(), nginxFolder, "proxy_read_timeout 3s;")) {
            Person hal = ada.invite("hal");
            Person behind = Person.known(nginx.address(), hal.name());
            Dictation dictation = Dictation.at(model).begin().text("One ");
            Talk talk = behind.begin(dictation.prompt(), SharedPatter.AS_ASKED);
            try (EventReader reader = talk.follow().connect()) {
                for (String word : List.of("two", "three", "four")) {
                    dictation.text(word + " ");
                    Until.holds(word + " passes", () -> reader.shown().text(2).endsWith(word));
                }
                int before = reader.beats();
                // One comes each second: longer than nginx waits for a byte.
                Until.holds("a long silence", () -> reader.beats() >= before + 5);
                dictation.text("five.").finish();
                reader.awaitEnd(2);
                assertTrue(reader.connected(), "it is still the first connection");
                assertEquals("One two three four five.", reader.shown().text(2));
            }
        }
        Until.holds("everybody is gone", () -> readers() == 0);
    }

    @Test
    void behindNginxAsShippedAnAnswerStreamsOverTlsAndHttp2(@TempDir Path nginxFolder) {
        try (Nginx nginx = Nginx.asShipped(server.address(), nginxFolder)) {
            Proxied.streams(nginx, model, ada.invite("ida").name());
        }
        Until.holds("everybody is gone", () -> readers() == 0);
    }

    // The list of conversations

    @Test
    void everyPageIsToldWhereAnswersAreBeingWritten() {
        Person gil = ada.invite("gil");
        Talk quiet = gil.begin("Show me [words-1-at-100]", SharedPatter.AS_ASKED);
        Dictation dictation = Dictation.at(model);
        try (EventReader reader = quiet.follow().connect()) {
            Talk busy = gil.begin(dictation.prompt(), SharedPatter.AS_ASKED);
            dictation.begin().text("One ");
            Until.holds("it is marked", () -> running(reader).contains(busy.id().toString()));
            assertTrue(marked(quiet.page()).contains(busy.id()), "on a fresh page too");
            dictation.finish();
            Until.holds("it is not marked any more", () -> running(reader).equals("none"));
            assertEquals(List.of(), marked(quiet.page()));
        }
        Until.holds("everybody is gone", () -> readers() == 0);
    }

    private static String running(EventReader reader) {
        List<EventReader.Notice> told = reader.notices().stream()
                .filter(notice -> notice.name().equals("running"))
                .toList();
        return told.isEmpty() ? "" : told.get(told.size() - 1).data();
    }

    private static List<UUID> marked(Document page) {
        return page.select(".list a.running").stream()
                .map(link -> UUID.fromString(link.attr("data-id")))
                .toList();
    }
}
