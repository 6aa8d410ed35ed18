package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whether a Patter works where it is deployed, seen from outside: {@code -Dpatter.address=https://host/path/} says where,
 * {@code PATTER_TEST_NAME} and {@code PATTER_TEST_PASSWORD} who logs in. It asks the built-in demo only, and deletes what
 * it made. Without an address it looks at the Patter of the other tests.
 */
class DeploymentIT {

    private static final String ADDRESS = System.getProperty("patter.address", "");
    private static final String MODEL = "demo/demo";
    private static final String QUESTION = "How does Patter keep what was streamed?";

    @RegisterExtension
    static final BeforeAllCallback PATTER = ADDRESS.isEmpty() ? new SharedPatter() : context -> {};

    private HttpClient http;
    private URI address;
    private Person person;
    private Talk talk;

    @BeforeEach
    void logIn() {
        boolean own = ADDRESS.isEmpty();
        address = own ? SharedPatter.server().address() : URI.create(ADDRESS.endsWith("/") ? ADDRESS : ADDRESS + "/");
        // Only with TLS can both sides agree on HTTP/2 without asking for it in a way that proxies may not know.
        http = HttpClient.newBuilder()
                .version("https".equals(address.getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .build();
        String name = own ? SharedPatter.administrator().name() : given("PATTER_TEST_NAME");
        String password = own ? Person.PASSWORD : given("PATTER_TEST_PASSWORD");
        person = Person.known(http, address, name, password);
        talk = new Talk(person, UUID.randomUUID());
    }

    private static String given(String variable) {
        return Optional.ofNullable(System.getenv(variable))
                .orElseThrow(() -> new IllegalStateException("Set " + variable + " for the Patter at " + ADDRESS));
    }

    @AfterEach
    void tidyUp() {
        talk.delete();
        person.post("/logout", Map.of()).expect(303);
        person.get("/").expect(303);
    }

    @Test
    void strangersGetTheLoginPageWithItsFiles() {
        Person stranger = Person.stranger(http, address);
        Reply sent = stranger.get("/").expect(303);
        URI login = address.resolve(sent.header("Location").orElseThrow());
        assertEquals(address.resolve("login"), login, "people would be sent elsewhere");
        Reply shown = stranger.get("/login").expect(200);
        assertTrue(shown.header("Content-Security-Policy").isPresent(), "a proxy took it away");
        assertFilesAreServed(stranger, shown.html());
        stranger.get("/health/ready").expect(200);
        stranger.get("/no/such/page").expect(404);
        assertEquals(
                401,
                stranger.post("/login", Map.of("name", "nobody-" + UUID.randomUUID(), "password", "wrong"))
                        .status());
    }

    @Test
    void thePageOfConversationsHasItsFilesFromLibraries() {
        Document page = person.get("/").expect(200).html();
        List<String> files = assertFilesAreServed(person, page);
        assertTrue(files.stream().anyMatch(file -> file.contains("/webjars/")), files.toString());
        person.get("/no/such/page").expect(404);
    }

    private List<String> assertFilesAreServed(Person who, Document page) {
        List<String> files = page.select("link[rel=stylesheet], script[src]").stream()
                .map(DeploymentIT::file)
                .toList();
        assertFalse(files.isEmpty());
        for (String file : files) {
            assertTrue(file.startsWith(address.getPath()), file);
            assertFalse(who.get(file).expect(200).text().isEmpty(), file);
        }
        return files;
    }

    private static String file(Element element) {
        return element.hasAttr("src") ? element.attr("src") : element.attr("href");
    }

    @Test
    void aFormOfAnotherPageIsRefused() {
        Map<String, String> forged = Map.of("text", "Forged", "model", MODEL, "begin", "yes", "forgery", "wrong");
        person.post(talk.path() + "/messages", forged).expect(403);
        person.post(talk.path() + "/messages", Map.of("text", "x", "model", MODEL), "Sec-Fetch-Site", "cross-site")
                .expect(403);
        person.get(talk.path()).expect(404);
    }

    @Test
    void anAnswerStreamsAndGoesOnWhereTheConnectionWasCut() {
        talk.begin(QUESTION + " Grüße aus 東京 🌍", MODEL).expect(303);
        assertTrue(talk.shown().text(1).endsWith("Grüße aus 東京 🌍"), "letters are lost");
        try (EventReader reader = talk.follow().connect()) {
            Until.holds("text comes", () -> !reader.frames().isEmpty());
            assertTrue(
                    Shown.active(reader.shown().states().get(2L)), "all of it came at once: something holds it back");
            reader.disconnect();
            long cut = reader.position();
            int before = reader.frames().size();
            reader.connect().awaitEnd(2);
            List<Long> ids = reader.frames().stream().map(EventReader.Frame::id).toList();
            assertEquals(ids.stream().sorted().distinct().toList(), ids, "in their order");
            assertTrue(ids.size() > before && ids.get(before) > cut, ids + " cut at " + cut);
            assertEquals(List.of(), reader.misses(), "nothing was left out");
            assertEquals("done", reader.shown().states().get(2L));
            assertEquals(talk.shown(), reader.shown());
        }
    }

    @Test
    void whoStopsAnAnswerKeepsWhatWasWritten() {
        talk.begin(QUESTION, MODEL).expect(303);
        try (EventReader reader = talk.follow().connect()) {
            Until.holds("text comes", () -> !reader.shown().text(2).isEmpty());
            talk.stop().expect(204);
            reader.awaitEnd(2);
            assertEquals("stopped", reader.shown().states().get(2L));
            assertFalse(reader.shown().text(2).isEmpty());
            assertEquals(talk.shown(), reader.shown());
        }
    }
}
