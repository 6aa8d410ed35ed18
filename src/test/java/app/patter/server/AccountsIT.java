package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what, and that nobody else can. */
@ExtendWith(SharedPatter.class)
class AccountsIT {

    private static final List<String> SAFETY = List.of(
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Cross-Origin-Opener-Policy",
            "Permissions-Policy",
            "Cache-Control");

    @Test
    void theFirstAccountIsMadeFromThisMachineOrWithTheCodeFromTheLog(@TempDir Path folder) {
        try (ChosenDatabase database = ChosenDatabase.in(folder);
                PatterServer server = PatterServer.start(folder, database.settings())) {
            assertTrue(
                    RawRequest.get(server.address(), "/setup", "patter").contains("id=\"code\""),
                    "a proxy that says nothing of itself");
            Person proxied = Person.stranger(server.address());
            Reply asked =
                    proxied.get("/setup", "X-Forwarded-For", "203.0.113.9").expect(200);
            assertEquals(1, asked.html().select("#code").size(), "asks for the code");
            Map<String, String> account = Map.of("name", "Ada ", "password", Person.PASSWORD);
            proxied.post("/setup", account, "X-Forwarded-For", "203.0.113.9").expect(403);
            proxied.post("/setup", with(account, "code", "wrong"), "X-Forwarded-For", "203.0.113.9")
                    .expect(403);
            assertEquals(200, Person.stranger(server.address()).get("/setup").status(), "nothing was made");

            Matcher code = Pattern.compile("with the code (\\S+)").matcher(server.log());
            assertTrue(code.find(), "the log shows the code");
            proxied.post("/setup", with(account, "code", code.group(1)), "X-Forwarded-For", "203.0.113.9")
                    .expect(303);
            proxied.get("/").expect(200);

            Person second = Person.stranger(server.address());
            second.get("/login").expect(200);
            second.post("/setup", Map.of("name", "eve", "password", Person.PASSWORD))
                    .expect(409);
            second.get("/setup").expect(303);
            assertEquals(
                    "/login?next=%2Fc%2Fx",
                    second.get("/c/x")
                            .expect(303)
                            .header("Location")
                            .map(AccountsIT::path)
                            .orElse(""));
            Person.known(server.address(), "ada");
            assertFalse(PatterServer.tracesPatter(server.log()), () -> "no stack trace in the log:\n" + server.log());
        }
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> all = new java.util.LinkedHashMap<>(fields);
        all.put(name, value);
        return all;
    }

    private static String path(String address) {
        assertTrue(address.startsWith("/"), () -> address + " names a host, which behind a proxy is a wrong one");
        return address;
    }

    @Test
    void aSecondSetupIsRefused() {
        Person stranger = Person.stranger(SharedPatter.server().address());
        stranger.get("/login").expect(200);
        long before = accounts();
        stranger.post("/setup", Map.of("name", "eve", "password", Person.PASSWORD))
                .expect(409);
        assertEquals(before, accounts());
    }

    private static long accounts() {
        return SharedPatter.database().number("select count(*) from account");
    }

    @Test
    void aWrongPasswordIsRefusedAndManyHaveToWait() {
        SharedPatter.administrator().invite("guessed");
        Person guesser = Person.stranger(SharedPatter.server().address());
        guesser.get("/login").expect(200);
        for (int i = 0; i < 5; i++) {
            Reply wrong = guesser.post("/login", Map.of("name", "guessed", "password", "wrong " + i));
            assertEquals(401, wrong.status());
            assertTrue(wrong.html().select(".problem").text().contains("wrong"));
            assertEquals("guessed", wrong.html().select("#name").val(), "what was typed is kept");
        }
        Reply late = guesser.post("/login", Map.of("name", "GUESSED", "password", Person.PASSWORD));
        assertEquals(429, late.status());
        assertTrue(late.html().select(".problem").text().contains("Wait"));
        assertEquals(
                401,
                guesser.post("/login", Map.of("name", "nobody", "password", "wrong"))
                        .status(),
                "others need not wait");
    }

    @Test
    void aHashOfFewerRoundsIsReplacedAtTheNextLogin() {
        SharedPatter.administrator().invite("early");
        // Of "correct horse", with 2,048 rounds of another function.
        SharedPatter.database()
                .change("update account set password = 'PBKDF2WithHmacSHA256:2048:AAECAwQFBgcICQoLDA0ODw==:"
                        + "tDypngi4iFL3HF79qTx1riuHV6naFm7uk5Ik2yAa7DA=' where name = 'early'");
        for (int time = 1; time <= 2; time++) {
            Person early = Person.stranger(SharedPatter.server().address());
            early.get("/login").expect(200);
            early.post("/login", Map.of("name", "early", "password", "correct horse"))
                    .expect(303);
            assertEquals(
                    1,
                    SharedPatter.database()
                            .number("select count(*) from account where name = 'early'"
                                    + " and password like 'PBKDF2WithHmacSHA512:10000:%'"));
        }
    }

    @Test
    void afterLoggingOutTheOldCookieOpensNothing() {
        Person person = SharedPatter.person();
        String cookies = person.cookies();
        person.post("/logout", Map.of()).expect(303);
        Person thief = Person.stranger(SharedPatter.server().address());
        assertEquals(303, thief.get("/", "Cookie", cookies).status());
        assertEquals(
                401,
                thief.post("/c/" + UUID.randomUUID() + "/messages", Map.of(), "Cookie", cookies)
                        .status());
        Talk talk = SharedPatter.administrator().begin("hello [no-done]", SharedPatter.AS_ASKED);
        assertEquals("event: login", firstEvent(talk.path(), cookies));
    }

    /** First line of the event stream that says more than a comment. */
    private static String firstEvent(String conversation, String cookies) {
        try (Socket socket =
                new Socket("localhost", SharedPatter.server().address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + conversation + "/events HTTP/1.1\r\nHost: localhost\r\nCookie: " + cookies
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:") || line.startsWith("id:")) {
                    return line;
                }
            }
            return "";
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFormThatDoesNotComeFromOurPageChangesNothing() {
        Person person = SharedPatter.person();
        Person other = SharedPatter.person();
        Talk talk = person.begin("Hello [words-5-at-100]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
        }
        long revision = SharedPatter.database().revision(talk.id());
        Map<String, String> post = Map.of("text", "forged [no-done]", "model", SharedPatter.AS_ASKED);
        for (String csrfToken : List.of("", "wrong", other.forgery())) {
            person.post(talk.path() + "/messages", with(post, "forgery", csrfToken))
                    .expect(403);
            person.post(talk.path() + "/deletion", Map.of("forgery", csrfToken)).expect(403);
            person.post(
                            talk.path() + "/messages/" + talk.last() + "/retry",
                            Map.of("forgery", csrfToken),
                            "HX-Request",
                            "true")
                    .expect(403);
            person.post("/logout", Map.of("forgery", csrfToken)).expect(403);
        }
        person.post(talk.path() + "/messages", Person.form(post).getBytes(StandardCharsets.UTF_8))
                .expect(403);
        person.post(talk.path() + "/messages", post, "X-Patter-Forgery", "wrong")
                .expect(403);
        person.post(talk.path() + "/messages", post, "Sec-Fetch-Site", "cross-site")
                .expect(403);
        Reply refused = person.post(talk.path() + "/deletion", Map.of(), "Sec-Fetch-Site", "cross-site")
                .expect(403);
        assertTrue(refused.html().text().contains("Reload the page"), refused.text());
        assertEquals(revision, SharedPatter.database().revision(talk.id()), "nothing changed");
        person.get("/").expect(200);
        person.post(talk.path() + "/messages", with(post, "forgery", ""), "X-Patter-Forgery", person.forgery())
                .expect(303);
    }

    @Test
    void aStrangersLogInFormNeedsItsTokenToo() {
        Person stranger = Person.stranger(SharedPatter.server().address());
        Map<String, String> right = Map.of("name", "ada", "password", Person.PASSWORD, "forgery", "");
        stranger.post("/login", right).expect(403);
        stranger.get("/login").expect(200);
        stranger.post("/login", right).expect(403);
        for (String elsewhere : List.of("cross-site", "same-site")) {
            stranger.post("/login", with(right, "forgery", stranger.forgery()), "Sec-Fetch-Site", elsewhere)
                    .expect(403);
        }
    }

    @Test
    void aNameThatIsNotPattersIsRefused() {
        URI address = SharedPatter.server().address();
        for (String path :
                List.of("/", "/login", "/setup", "/health/live", "/api/v1/models", "/assets/x/css/patter.css")) {
            String answer = RawRequest.get(address, path, "evil.example");
            assertTrue(answer.startsWith("HTTP/1.1 421 "), () -> path + ": " + answer);
            assertTrue(answer.contains("PATTER_HOSTS"), () -> path + ": " + answer);
        }
        assertTrue(RawRequest.get(address, "/health/live", "localhost").startsWith("HTTP/1.1 200 "));
        assertTrue(RawRequest.get(address, "/health/live", "127.0.0.1:1234").startsWith("HTTP/1.1 200 "));
    }

    @Test
    void nothingOfTheServersOwnIsOpen() {
        Person stranger = Person.stranger(SharedPatter.server().address());
        for (String path : List.of("/openapi", "/openapi/ui", "/payara-metrics", "/asadmin", "/health")) {
            assertTrue(List.of(303, 403, 404).contains(stranger.get(path).status()), path);
        }
    }

    @Test
    void aStrangersLargeBodyIsNotRead() {
        Person stranger = Person.stranger(SharedPatter.server().address());
        stranger.get("/login").expect(200);
        String large = "x".repeat(40_000);
        stranger.post("/login", Map.of("name", "ada", "password", large)).expect(413);
        stranger.post("/c/" + UUID.randomUUID() + "/messages", Map.of("text", large))
                .expect(413);
        Reply small = stranger.post("/c/" + UUID.randomUUID() + "/messages", Map.of("text", "What I typed"))
                .expect(401);
        assertTrue(small.text().contains("What I typed"), "a text of usual length comes back");
    }

    @Test
    void guessesAtTheSameTimeAreNotAllTried() {
        SharedPatter.administrator().invite("besieged");
        Person guesser = Person.stranger(SharedPatter.server().address());
        guesser.get("/login").expect(200);
        long tried = IntStream.range(0, 24)
                .parallel()
                .mapToObj(i -> guesser.request("/login", "Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(Person.form(
                                Map.of("name", "besieged", "password", "wrong " + i, "forgery", guesser.forgery()))))
                        .build())
                .filter(guess -> new Reply(sent(guesser, guess)).status() == 401)
                .count();
        assertTrue(tried <= 5, tried + " guesses were tried");
    }

    private static HttpResponse<byte[]> sent(Person person, HttpRequest request) {
        try {
            return person.http().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoGuessesAtANameLocksNobodyOutOfAKnownDevice() {
        Person owner = SharedPatter.administrator().invite("hedy");
        Person guesser = Person.stranger(SharedPatter.server().address());
        guesser.get("/login").expect(200);
        for (int i = 0; i < 5; i++) {
            guesser.post("/login", Map.of("name", "hedy", "password", "wrong " + i))
                    .expect(401);
        }
        Map<String, String> right = Map.of("name", "hedy", "password", Person.PASSWORD);
        guesser.post("/login", right).expect(429);
        owner.post("/logout", Map.of()).expect(303);
        owner.get("/login").expect(200);
        owner.post("/login", right).expect(303);
        owner.get("/").expect(200);
    }

    @Test
    void someoneElsesConversationAnswersLikeAMissingOne() {
        Person owner = SharedPatter.person();
        Person other = SharedPatter.person();
        Talk talk = owner.begin("secret [words-3-at-100]", SharedPatter.AS_ASKED);
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
        }
        UUID missing = UUID.randomUUID();
        UUID message = talk.last();
        long revision = SharedPatter.database().revision(talk.id());
        alike(other.get(talk.path()), other.get("/c/" + missing));
        alike(other.get(talk.path() + "?m=" + message), other.get("/c/" + missing + "?m=" + message));
        for (String path : List.of(
                "/messages/stop",
                "/messages/" + message + "/stop",
                "/messages/" + message + "/continuation",
                "/messages/" + message + "/retry",
                "/messages",
                "/deletion")) {
            Map<String, String> fields = Map.of("text", "intrusion", "model", SharedPatter.AS_ASKED);
            alike(other.post(talk.path() + path, fields), other.post("/c/" + missing + path, fields));
            alike(
                    other.post(talk.path() + path, fields, "HX-Request", "true"),
                    other.post("/c/" + missing + path, fields, "HX-Request", "true"));
        }
        Talk begun = new Talk(other, talk.id());
        assertEquals(404, begun.begin("mine now", SharedPatter.AS_ASKED).status());
        assertEquals("event: gone", firstEvent(talk.path(), other.cookies()));
        assertEquals("event: gone", firstEvent("/c/" + missing, other.cookies()));
        assertEquals(revision, SharedPatter.database().revision(talk.id()), "nothing changed");
        Element list = other.get("/").expect(200).html().selectFirst("nav");
        assertFalse(list.text().contains("secret"));
    }

    private static void alike(Reply foreign, Reply missing) {
        assertEquals(404, foreign.status(), foreign.raw().uri().toString());
        assertEquals(404, missing.status());
        assertArrayEquals(
                missing.raw().body(), foreign.raw().body(), foreign.raw().uri().toString());
        assertEquals(names(missing), names(foreign));
    }

    private static List<String> names(Reply reply) {
        return reply.raw().headers().map().keySet().stream().sorted().toList();
    }

    @Test
    void aMessageOfAnotherConversationOfOnesOwnIsMissingHere() {
        Person person = SharedPatter.person();
        Talk one = person.begin("one [no-done]", SharedPatter.AS_ASKED);
        Talk two = person.begin("two [no-done]", SharedPatter.AS_ASKED);
        two.press(one.last(), "retry").expect(404);
        two.press(one.last(), "continuation").expect(404);
        person.get(two.path() + "?m=" + one.last()).expect(404);
        person.post(
                        two.path() + "/messages",
                        Map.of(
                                "text",
                                "x",
                                "model",
                                SharedPatter.AS_ASKED,
                                "parent",
                                one.last().toString()))
                .expect(404);
    }

    @Test
    void onlyAdministratorsSeeTheAccounts() {
        Person person = SharedPatter.person();
        long before = accounts();
        person.get("/accounts").expect(404);
        person.post("/accounts", Map.of("name", "mallory", "password", Person.PASSWORD))
                .expect(404);
        assertEquals(before, accounts());
        Reply shown = SharedPatter.administrator().get("/accounts").expect(200);
        assertTrue(shown.html().select(".accounts li").eachText().contains(person.name()));
    }

    @Test
    void anAccountThatCannotBeMadeSaysWhy() {
        Person ada = SharedPatter.administrator();
        long before = accounts();
        for (Map<String, String> fields : List.of(
                Map.of("name", "", "password", Person.PASSWORD),
                Map.of("name", "x".repeat(101), "password", Person.PASSWORD),
                Map.of("name", "short", "password", "1234567"),
                Map.of("name", " ADA", "password", Person.PASSWORD))) {
            Reply reply = ada.post("/accounts", fields).expect(422);
            assertFalse(reply.html().select(".problem").text().isEmpty());
        }
        assertEquals(before, accounts());
    }

    @Test
    void everyAnswerCarriesTheSafetyHeaders() {
        Person person = SharedPatter.person();
        Person stranger = Person.stranger(SharedPatter.server().address());
        String asset = person.get("/").html().select("link[rel=stylesheet]").attr("href");
        String script = person.get("/").html().select("script[type=module]").attr("src");
        List<Reply> replies = List.of(
                person.get("/"),
                person.get("/c/" + UUID.randomUUID()),
                person.get("/no/such/page"),
                person.get("/c/garbage"),
                person.get(asset).expect(200),
                person.get(script).expect(200),
                person.get("/assets/x/no-such-file.css"),
                person.get("/health/live"),
                person.get("/favicon.ico"),
                person.post("/c/" + UUID.randomUUID() + "/messages", Map.of("forgery", "wrong")),
                person.send(person.request("/").DELETE().build()),
                person.get("/c/" + UUID.randomUUID() + "/events"),
                person.get("/c/" + UUID.randomUUID() + "/events?after=x"),
                stranger.get("/"),
                stranger.get("/login"),
                stranger.get("/setup"));
        assertAll(replies.stream().map(reply -> () -> carriesThem(reply)));
    }

    private static void carriesThem(Reply reply) {
        String what = reply.raw().request().method() + " " + reply.raw().uri() + " " + reply.status() + "\n"
                + reply.raw().headers();
        for (String header : SAFETY) {
            assertTrue(reply.header(header).isPresent(), header + " is missing from " + what);
        }
        assertFalse(reply.header("Content-Security-Policy").orElse("").contains("unsafe"), what);
        assertFalse(reply.header("X-Powered-By").isPresent(), "names the server: " + what);
        assertFalse(reply.header("Server").isPresent(), "names the server: " + what);
        assertFalse(reply.text().contains("\tat "), "shows a stack trace: " + what);
    }

    @Test
    void whatTheServerItselfRefusesTellsNothing() {
        Person person = SharedPatter.person();
        for (Reply reply : List.of(
                person.get("/WEB-INF/web.xml"),
                person.get("/%2e%2e/%2e%2e/etc/passwd"),
                person.get("/c/%00"),
                person.send(person.request("/")
                        .method("TRACE", HttpRequest.BodyPublishers.noBody())
                        .build()))) {
            assertEquals(4, reply.status() / 100, reply.raw().uri().toString());
            assertFalse(reply.text().contains("\tat "), reply.text());
            assertFalse(
                    reply.header("Server").isPresent(), reply.raw().headers().toString());
        }
    }

    @Test
    void cookiesAreOutOfReachOfScriptsAndOtherSites() {
        Person stranger = Person.stranger(SharedPatter.server().address());
        String form = stranger.get("/login").header("Set-Cookie").orElseThrow();
        assertTrue(form.startsWith("patter-form="), form);
        assertTrue(form.contains("HttpOnly"), form);
        assertTrue(form.contains("SameSite=Strict"), form);
        String login = stranger.post("/login", Map.of("name", "ada", "password", Person.PASSWORD))
                .expect(303)
                .header("Set-Cookie")
                .orElseThrow();
        assertTrue(login.startsWith("patter-login="), login);
        assertTrue(login.contains("HttpOnly"), login);
        assertTrue(login.contains("SameSite=Lax"), login);
        assertTrue(login.contains("Path=/"), login);
        assertTrue(stranger.cookie("JSESSIONID").isEmpty(), "no session of the server");
    }

    @Test
    void behindTlsNoOtherHostCanSetCookiesAndBrowsersKeepToTls(@TempDir Path folder) {
        try (ChosenDatabase database = ChosenDatabase.in(folder);
                PatterServer server =
                        PatterServer.start(folder, database.settings(Map.of("PATTER_URL", "https://localhost/")))) {
            Person stranger = Person.stranger(server.address());
            Reply setup = stranger.get("/setup").expect(200);
            String form = setup.header("Set-Cookie").orElseThrow();
            assertTrue(form.startsWith("__Host-patter-form="), form);
            assertTrue(form.contains("Secure") && form.contains("Path=/") && !form.contains("Domain"), form);
            assertTrue(setup.header("Strict-Transport-Security").isPresent());
            stranger.post("/setup", Map.of("name", "ada", "password", Person.PASSWORD))
                    .expect(303);
            stranger.get("/account").expect(200);
            stranger.post("/logout", Map.of()).expect(303);
            assertEquals(303, stranger.get("/account").status());
        }
    }

    @Test
    void theLogInPageLeadsToOurPagesOnly() {
        for (String next :
                List.of("//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)")) {
            Person stranger = Person.stranger(SharedPatter.server().address());
            stranger.get("/login?next=" + java.net.URLEncoder.encode(next, StandardCharsets.UTF_8))
                    .expect(200);
            String to = stranger.post("/login", Map.of("name", "ada", "password", Person.PASSWORD, "next", next))
                    .expect(303)
                    .header("Location")
                    .orElseThrow();
            assertEquals("/", path(to), next);
        }
    }
}
