package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Patter below a context path, as where a server has several applications: it knows no other address than its own. Its
 * conversations get titles, which the other servers of these tests do without.
 */
class ContextPathIT {

    private static final String MODEL = "openai/words-3-at-100";

    @TempDir
    private static Path folder;

    private static LoopbackModel model;
    private static ChosenDatabase database;
    private static PatterServer server;
    private static Reply first;
    private static Reply form;
    private static Person ada;

    @BeforeAll
    static void start() {
        model = LoopbackModel.start();
        database = ChosenDatabase.in(folder);
        server = PatterServer.at(
                "/chat",
                folder,
                database.settings(Map.of(
                        "PATTER_MODEL_URL", model.base().toString(),
                        "PATTER_MODEL", "words-3-at-100",
                        "PATTER_TITLES", "openai/titler")));
        server.start();
        Person stranger = Person.stranger(server.address());
        first = stranger.get("/");
        form = stranger.get("/setup");
        ada = Person.first(server.address(), "ada");
    }

    @AfterAll
    static void end() throws IOException {
        server.close();
        database.close();
        model.close();
    }

    @Test
    void theFirstVisitorIsSentToAPageBelowTheContextPath() {
        assertEquals(303, first.status());
        assertTrue(
                first.header("Location").orElse("").endsWith("/chat/setup"),
                first.raw().headers().toString());
        form.expect(200);
        List<String> cookies = form.raw().headers().allValues("Set-Cookie");
        assertFalse(cookies.isEmpty());
        assertTrue(cookies.stream().allMatch(c -> c.contains("Path=/chat/")), cookies.toString());
    }

    @Test
    void everythingStaysBelowTheContextPath() {
        Talk talk = ada.begin("How do tides work?", MODEL);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            assertEquals(talk.shown(), reader.shown());
        }
        Document page = talk.page();
        List<String> addresses = Stream.of("href", "src", "action", "hx-post", "hx-get", "data-events")
                .flatMap(name -> page.select("[" + name + "]").eachAttr(name).stream())
                .filter(address -> address.startsWith("/"))
                .distinct()
                .toList();
        assertTrue(addresses.stream().anyMatch(address -> address.contains("/webjars/")), addresses.toString());
        for (String address : addresses) {
            assertTrue(address.startsWith("/chat/"), address);
        }
        page.select("link[rel=stylesheet], script[src]").forEach(asset -> {
            String address = asset.hasAttr("src") ? asset.attr("src") : asset.attr("href");
            assertFalse(ada.get(address).expect(200).text().isEmpty(), address);
        });
        assertEquals(404, ada.get("/no/such/page").status());
    }

    // Behind nginx

    @Test
    void behindNginxAsShippedItStreamsToManyTabs(@TempDir Path nginxFolder) {
        try (Nginx nginx = Nginx.asShipped(server.address(), nginxFolder)) {
            Proxied.streams(nginx, model, ada.invite("bob").name());
            Person bob = Person.known(nginx.http(), nginx.address(), "bob", Person.PASSWORD);
            Talk talk = bob.begin("Many tabs", MODEL);
            List<EventReader> tabs = new ArrayList<>();
            try {
                for (int tab = 0; tab < 8; tab++) {
                    tabs.add(talk.follow().connect());
                }
                talk.page();
                tabs.forEach(tab -> assertTrue(tab.connected()));
            } finally {
                tabs.forEach(EventReader::close);
            }
        }
    }

    // Titles

    @Test
    void aModelNamesAConversationOnceAndSilently() {
        model.script("titler", answer -> answer.stream()
                .text("**Zählen")
                .text(" bis drei.**")
                .finish("stop")
                .done());
        Person carl = ada.invite("carl");
        Talk talk = carl.begin("Zähle bitte bis drei, und zwar langsam", MODEL);
        Until.holds("the title", () -> title(talk).equals("Zählen bis drei"));
        assertEquals("word1 word2 word3", talk.shown().text(2));
        assertEquals(
                "Zählen bis drei",
                carl.get("/").expect(200).html().expectFirst(".list a").text());
        List<LoopbackModel.Request> asked = titles("Zähle bitte bis drei");
        assertEquals(1, asked.size());
        assertTrue(
                asked.get(0).body().contains("word1 word2 word3"), asked.get(0).body());

        talk.send("Noch einmal!", MODEL).expect(204);
        Until.holds(
                "the second answer",
                () -> talk.shown().states().getOrDefault(4L, "").equals("done"));
        model.script("titler", answer -> answer.status(500, "{\"error\":{\"message\":\"no titles today\"}}"));
        Talk other = carl.begin("Another one", MODEL);
        Until.holds("it is asked for a title", () -> titles("Another one").size() == 1);
        assertEquals("Another one", title(other));
        assertEquals("Zählen bis drei", title(talk), "the second answer changes nothing");
        assertEquals(1, titles("Zähle bitte bis drei").size(), "nor is it asked again");
        assertFalse(other.page().text().contains("no titles today"));
    }

    @Test
    void aTitleIsMadeWithoutWhatTurnedOutToBeReasoning() {
        model.script("musing", answer -> answer.stream()
                .text("They want apples, I muse. ")
                .pause(200)
                .text("</think>Apples are red.")
                .finish("stop")
                .done());
        model.script(
                "titler",
                answer -> answer.stream().text("Apples").finish("stop").done());
        Person dora = ada.invite("dora");
        Talk talk = dora.begin("Tell me of apples [musing]", "openai/as-asked");
        Until.holds("the title", () -> title(talk).equals("Apples"));
        List<LoopbackModel.Request> asked = titles("Tell me of apples");
        assertTrue(asked.get(0).body().contains("Apples are red."), asked.get(0).body());
        assertFalse(asked.get(0).body().contains("I muse"), asked.get(0).body());
    }

    private static String title(Talk talk) {
        return talk.page().expectFirst("#title").text();
    }

    /** Requests for a title of a conversation with these words. */
    private static List<LoopbackModel.Request> titles(String words) {
        return model.requests().stream()
                .filter(request ->
                        request.model().equals("titler") && request.body().contains(words))
                .toList();
    }
}
