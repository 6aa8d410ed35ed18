package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is posted or asked: the right status, a message that says what to do, and nothing typed is lost. */
@ExtendWith(SharedPatter.class)
class BadInputIT {

    private static final String MODEL = SharedPatter.AS_ASKED;

    private static Person person;

    @BeforeAll
    static void logIn() {
        person = SharedPatter.person();
    }

    /** Posts a first message in whatever form. */
    private static Reply begin(UUID conversation, Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("begin", "yes", "model", MODEL));
        all.putAll(fields);
        return person.post("/c/" + conversation + "/messages", all);
    }

    private static void clear(Reply reply, int status, String said) {
        assertEquals(status, reply.status(), reply.text());
        assertTrue(
                reply.header("Content-Type").orElse("").startsWith("text/html"),
                reply.raw().headers().toString());
        assertTrue(reply.html().text().contains(said), reply.html().text());
        assertFalse(reply.text().contains("\tat "), "shows a stack trace");
        assertFalse(reply.text().contains("Exception"), "names an exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t \u3000"})
    void anEmptyMessageIsNotSent(String text) {
        UUID id = UUID.randomUUID();
        clear(begin(id, Map.of("text", text)), 422, "Write something first");
        assertEquals(-1, SharedPatter.database().revision(id));
    }

    @Test
    void aMissingTextIsNotSent() {
        clear(begin(UUID.randomUUID(), Map.of()), 422, "Write something first");
    }

    @Test
    void aTooLongMessageIsGivenBack() {
        String text = "A megabyte of text.\n".repeat(1 << 20).substring(0, 1 << 20);
        UUID id = UUID.randomUUID();
        Reply reply = begin(id, Map.of("text", text));
        clear(reply, 422, "Shorten it");
        assertEquals(text, reply.html().getElementById("typed").wholeText());
        assertEquals(-1, SharedPatter.database().revision(id));
        Reply fragment = person.post(
                "/c/" + id + "/messages", Map.of("begin", "yes", "model", MODEL, "text", text), "HX-Request", "true");
        clear(fragment, 422, "Shorten it");
        assertEquals("#problem", fragment.header("HX-Retarget").orElse(""));
        assertFalse(fragment.text().contains("megabyte"), "htmx keeps the text in its field");
    }

    @Test
    void moreThanAnyFormHoldsIsRefusedWithoutReadingItAll() {
        byte[] body = new byte[8_000_000];
        java.util.Arrays.fill(body, (byte) 'x');
        clear(person.post("/c/" + UUID.randomUUID() + "/messages", body), 413, "Shorten it");
    }

    @Test
    void theLongestAllowedMessageIsKeptWhole() {
        String text = "0123456789abcdef 🌍\n".repeat(200_000 / 20);
        assertEquals(200_000, text.length());
        Talk talk = new Talk(person, UUID.randomUUID());
        talk.begin(text, MODEL).expect(303);
        assertEquals(text, SharedPatter.database().text(talk.id(), 1));
        assertEquals(text, talk.shown().text(1));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws Exception {
        UUID id = UUID.randomUUID();
        for (byte[] bad : List.of(
                new byte[] {(byte) 0xC3, 0x28},
                "%C3%28".getBytes(StandardCharsets.US_ASCII),
                "%ED%A0%80".getBytes(StandardCharsets.US_ASCII))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write(Person.form(Map.of("forgery", person.forgery(), "begin", "yes", "model", MODEL))
                    .getBytes(StandardCharsets.US_ASCII));
            body.write("&text=Gr".getBytes(StandardCharsets.US_ASCII));
            body.write(bad);
            clear(person.post("/c/" + id + "/messages", body.toByteArray()), 400, "UTF-8");
        }
        assertEquals(-1, SharedPatter.database().revision(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "multipart/form-data; boundary=x",
                "text/plain",
                "garbage",
                "a/b/c",
                "text/html;charset=\"",
                ";;"
            })
    void otherKindsOfFormsAreRefused(String type) {
        Reply reply = person.post(
                "/c/" + UUID.randomUUID() + "/messages",
                "{\"text\":\"hello\"}".getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                type);
        assertTrue(reply.status() == 415 || reply.status() == 400, reply.status() + " for " + type);
        clear(reply, reply.status(), reply.status() == 415 ? "form" : "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "0",
                "-",
                "null",
                "1-1-1-1-1",
                "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz",
                "%F0%9F%8C%8D",
                "%00",
                "%FF",
                "..%2f..%2f",
                "%3Cscript%3E"
            })
    void garbageIdsAreMissing(String id) {
        for (String path : List.of("/c/" + id, "/c/" + id + "/events")) {
            Reply reply = person.get(path);
            assertTrue(reply.status() == 404 || reply.status() == 400, reply.status() + " for " + path);
            assertFalse(reply.text().contains("\tat "), "shows a stack trace");
            assertFalse(reply.text().contains("<script>"), "echoes what was asked");
        }
        assertTrue(person.post("/c/" + id + "/messages", Map.of("text", "x", "model", MODEL))
                                .status()
                        / 100
                == 4);
    }

    @Test
    void unknownIdsAreMissing() {
        Talk talk = person.begin("hello [no-done]", MODEL);
        UUID none = UUID.randomUUID();
        clear(person.get("/c/" + none), 404, "There is no such page");
        clear(person.get(talk.path() + "?m=" + none), 404, "There is no such page");
        clear(person.get(talk.path() + "?m=garbage"), 404, "There is no such page");
        clear(talk.press(none, "retry"), 404, "There is no such page");
        clear(talk.press(none, "continuation"), 404, "There is no such page");
        talk.press(none, "stop").expect(204);
        clear(new Talk(person, none).stop(), 404, "There is no such page");
        clear(new Talk(person, none).delete(), 404, "There is no such page");
        clear(new Talk(person, none).send("x", MODEL), 404, "There is no such page");
        clear(
                person.post(talk.path() + "/messages", Map.of("text", "x", "model", MODEL, "parent", none.toString())),
                404,
                "There is no such page");
        clear(
                person.post(talk.path() + "/messages", Map.of("text", "x", "model", MODEL, "message", "garbage")),
                404,
                "There is no such page");
    }

    @Test
    void whatWasTypedComesBackWithTheProblem() {
        String text = "My long thought <b>&amp;</b>\n\n  with \"quotes\" and 👩‍👩‍👧  \n";
        for (Reply reply : List.of(
                begin(UUID.randomUUID(), Map.of("text", text, "model", "openai/no-such-model")),
                begin(UUID.randomUUID(), Map.of("text", text, "forgery", "wrong")),
                person.post("/c/" + UUID.randomUUID() + "/messages", Map.of("text", text, "model", MODEL)),
                Person.stranger(person.base()).post("/c/" + UUID.randomUUID() + "/messages", Map.of("text", text)))) {
            assertEquals(4, reply.status() / 100);
            assertEquals(text, reply.html().getElementById("typed").wholeText(), "status " + reply.status());
        }
    }

    @Test
    void aModelThatIsNotThereIsNamedAsTheProblem() {
        UUID id = UUID.randomUUID();
        for (String model : List.of("openai/no-such-model", "x", "openai/", "/", "../../x")) {
            clear(begin(id, Map.of("text", "hello", "model", model)), 422, "Choose another one");
        }
        assertEquals(-1, SharedPatter.database().revision(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "99999999999999999999", "%00", "1 2", "١"})
    void aMalformedPositionIsRefused(String after) {
        Talk talk = person.begin("hello [no-done]", MODEL);
        Reply reply = person.get(talk.path() + "/events?after="
                + (after.startsWith("%") ? after : java.net.URLEncoder.encode(after, StandardCharsets.UTF_8)));
        assertEquals(400, reply.status(), reply.text());
        assertTrue(reply.text().contains("whole number"), reply.text());
        if (after.chars().allMatch(c -> c > 32 && c < 127) && !after.startsWith("%")) {
            assertEquals(
                    400,
                    person.get(talk.path() + "/events", "Last-Event-ID", after).status());
        }
    }

    @Test
    void aPositionFromTheFutureIsToldToLoadThePageAgain() {
        Talk talk = person.begin("hello [no-done]", MODEL);
        Reply reply = person.get(talk.path() + "/events?after=999999999").expect(200);
        assertTrue(reply.text().contains("event: stale"), reply.text());
        Reply header = person.get(talk.path() + "/events?after=0", "Last-Event-ID", "999999999")
                .expect(200);
        assertTrue(header.text().contains("event: stale"), "the header wins over the parameter");
    }

    @Test
    void methodsThatNothingTakesAreRefused() {
        Talk talk = person.begin("hello [no-done]", MODEL);
        for (String method : List.of("PUT", "DELETE", "PATCH")) {
            for (String path : List.of("/", talk.path(), talk.path() + "/messages", "/login")) {
                Reply reply = person.send(person.request(path, "X-Patter-Forgery", person.forgery())
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build());
                clear(reply, 405, "does not take that kind of request");
            }
        }
        clear(person.get(talk.path() + "/messages"), 405, "does not take that kind of request");
        assertTrue(talk.page().select("#m1").size() == 1);
        person.send(person.request(talk.path())
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build())
                .expect(200);
    }

    @Test
    void aMessageSentTwiceCountsOnce() {
        UUID conversation = UUID.randomUUID();
        UUID message = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            begin(conversation, Map.of("text", "hello [no-done]", "message", message.toString()))
                    .expect(303);
        }
        Talk talk = new Talk(person, conversation);
        assertEquals(2, SharedPatter.database().messages(conversation).size());
        String next = UUID.randomUUID().toString();
        Map<String, String> second = Map.of("text", "again [no-done]", "model", MODEL, "message", next);
        List<Integer> statuses = List.of(1, 2, 3, 4).parallelStream()
                .map(i -> person.post(talk.path() + "/messages", second, "HX-Request", "true")
                        .status())
                .toList();
        assertEquals(List.of(204, 204, 204, 204), statuses);
        assertEquals(4, SharedPatter.database().messages(conversation).size());
    }

    @Test
    void aTextThatWasChangedAfterALostReplyIsSentToo() {
        UUID conversation = UUID.randomUUID();
        String first = UUID.randomUUID().toString();
        begin(conversation, Map.of("text", "Alpha [no-done]", "message", first)).expect(303);
        for (int i = 0; i < 2; i++) {
            begin(conversation, Map.of("text", "Beta [no-done]", "message", first))
                    .expect(303);
        }
        Talk talk = new Talk(person, conversation);
        String second = UUID.randomUUID().toString();
        for (String text : List.of("Gamma [no-done]", "Delta [no-done]", "Delta [no-done]", "Gamma [no-done]")) {
            person.post(
                            talk.path() + "/messages",
                            Map.of("text", text, "model", MODEL, "message", second),
                            "HX-Request",
                            "true")
                    .expect(204);
        }
        Shown shown = talk.shown();
        assertEquals(
                List.of("Alpha [no-done]", "Beta [no-done]", "Gamma [no-done]", "Delta [no-done]"),
                List.of(shown.text(1), shown.text(3), shown.text(5), shown.text(7)));
        assertEquals(8, SharedPatter.database().messages(conversation).size());
    }

    @Test
    void aConversationBegunTwiceAtOnceIsOne() {
        UUID conversation = UUID.randomUUID();
        String message = UUID.randomUUID().toString();
        List<Integer> statuses = List.of(1, 2, 3, 4).parallelStream()
                .map(i -> begin(conversation, Map.of("text", "twice [no-done]", "message", message))
                        .status())
                .toList();
        assertEquals(List.of(303, 303, 303, 303), statuses);
        assertEquals(2, SharedPatter.database().messages(conversation).size());
    }

    @Test
    void everyCharacterIsKept() {
        String text =
                "  👩‍👩‍👧‍👦 a\u200db é e\u0301 \u202eabc\u202c\u00a0\u2028 \t <i>&lt;</i> \"'`${x}[[@{/}]] \u0001\u007f\ufeff\uffff  \n\n \n";
        Talk talk = new Talk(person, UUID.randomUUID());
        talk.begin("\r\n" + text.replace("\n", "\r\n"), MODEL).expect(303);
        String kept = "\n" + text;
        assertEquals(kept, SharedPatter.database().text(talk.id(), 1));
        assertEquals(kept, talk.shown().text(1).replace('\ufffd', '\u0001'));
        try (EventReader reader = talk.follow().connect()) {
            reader.awaitEnd(2);
            talk.send(text + "[no-done]", MODEL).expect(204);
            reader.awaitEnd(4);
            assertEquals(text + "[no-done]", reader.shown().text(3));
        }
    }

    @Test
    void aLoneCarriageReturnIsKept() {
        Talk talk = new Talk(person, UUID.randomUUID());
        talk.begin("one\rtwo\r\nthree [no-done]", MODEL).expect(303);
        assertEquals("one\rtwo\nthree [no-done]", SharedPatter.database().text(talk.id(), 1));
        assertEquals("one\rtwo\nthree [no-done]", talk.shown().text(1));
    }

    @Test
    void aNullCharacterBecomesTheReplacementCharacter() {
        Talk talk = new Talk(person, UUID.randomUUID());
        talk.begin("a\0b [no-done]", MODEL).expect(303);
        assertEquals(
                "a\ufffdb [no-done]", SharedPatter.database().shown(talk.id()).text(1));
    }
}
