package app.patter.server;

import static app.patter.server.ModelsPage.section;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import app.patter.provider.SelfSigned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Administrators add servers, test, name, order, hide and tune models, and nobody else does; keys stay secret. */
@ExtendWith(SharedPatter.class)
class ModelsPageIT {

    private static final String KEY = "sk-very-secret-0123456789";

    private final ModelsPage models = new ModelsPage(SharedPatter.administrator());
    private final List<LoopbackModel> servers = new ArrayList<>();

    @AfterEach
    void removeAll() throws IOException {
        Document page = models.page();
        for (String name : ModelsPage.servers(page)) {
            if (section(page, name).selectFirst("header a.action") != null) {
                models.remove(name);
            }
        }
        for (LoopbackModel server : servers) {
            server.close();
        }
    }

    /** A model server with these models. */
    private LoopbackModel server(String... names) {
        LoopbackModel server = LoopbackModel.start();
        servers.add(server);
        String data = String.join(
                ",",
                List.of(names).stream().map(name -> "{\"id\":\"" + name + "\"}").toList());
        return server.models(answer -> answer.status(200, "{\"data\":[" + data + "]}"));
    }

    private static List<String> choices() {
        return SharedPatter.administrator()
                .get("/")
                .expect(200)
                .html()
                .select("#model option")
                .eachAttr("value");
    }

    @Test
    void nobodyElseSeesOrChangesAnything() {
        Person person = SharedPatter.person();
        String id = UUID.randomUUID().toString();
        for (String path : List.of("", "/servers", "/servers/" + id, "/settings?model=openai/as-asked")) {
            person.get("/models" + path).expect(404);
        }
        Map<String, String> fields = Map.of(
                "name", "Mine", "dialect", "openai", "address", "http://localhost/v1", "model", "openai/as-asked");
        for (String path : List.of(
                "/servers",
                "/servers/" + id,
                "/servers/" + id + "/deletion",
                "/servers/" + id + "/rise",
                "/settings",
                "/settings/deletion",
                "/visibility",
                "/rise",
                "/look",
                "/trial")) {
            person.post("/models" + path, fields).expect(404);
        }
        Map<String, String> forged = new HashMap<>(fields);
        forged.put("forgery", "not mine");
        models.person().post("/models/servers", forged).expect(403);
        assertFalse(models.page().text().contains("Mine"));
        assertFalse(person.get("/").expect(200).text().contains("/models\""), "no link leads there");
    }

    @Test
    void aServerIsAddedOfferedAskedAndRemoved() {
        LoopbackModel server = server("words-3-at-100", "other");
        Document page = models.adds("My server", server.base().toString(), "");
        assertEquals(
                List.of("words-3-at-100 (My server)", "other (My server)"),
                section(page, "My server").select("strong").eachText());
        assertTrue(choices().containsAll(List.of("my-server/words-3-at-100", "my-server/other")));

        Talk talk = models.person().begin("Count.", "my-server/words-3-at-100");
        awaitDone(talk, 2);
        assertEquals("word1 word2 word3", talk.shown().text(2));
        assertEquals(
                "my-server/words-3-at-100",
                talk.page().expectFirst("#model option[selected]").val(),
                "the choice is remembered");

        models.remove("My server");
        assertFalse(choices().contains("my-server/other"));
        assertEquals("word1 word2 word3", talk.shown().text(2), "what was said stays");
        talk.send("And now?", "my-server/other").expect(422);
    }

    @Test
    void theSettingsComeFirstAndCannotBeChangedHere() {
        models.adds("Other", server("m").base().toString(), "");
        Element first = models.page().expectFirst("section.server");
        assertTrue(first.text().contains("set by PATTER_MODEL_URL"), first.text());
        assertTrue(first.select("header .action").isEmpty());
        assertEquals(SharedPatter.AS_ASKED, choices().get(0));
        Element wanted = first.expectFirst("li");
        assertTrue(wanted.text().contains("set by PATTER_MODEL"), wanted.text());
        models.offers(SharedPatter.AS_ASKED, false).expect(303);
        assertEquals(SharedPatter.AS_ASKED, choices().get(0));
        models.person()
                .post("/models/settings/deletion", Map.of("model", SharedPatter.AS_ASKED))
                .expect(303);
    }

    @Test
    void aKeyIsSentToItsServerAndSeenNowhereElse() {
        LoopbackModel server = server("words-1-at-100");
        models.adds("Secretive", server.base().toString(), KEY);
        models.tests("secretive/words-1-at-100");
        assertTrue(server.requests().size() >= 2, "listed and asked");
        server.requests()
                .forEach(request ->
                        assertEquals("Bearer " + KEY, request.headers().get("authorization")));
        String path = models.path("Secretive");
        String form = models.person().get(path).expect(200).text();
        assertAll(
                () -> assertFalse(models.page().html().contains("very-secret"), "on the list"),
                () -> assertFalse(form.contains("very-secret"), "in the form"),
                () -> assertTrue(form.contains("leave empty to keep it"), "that there is one is said"),
                () -> assertFalse(SharedPatter.server().log().contains("very-secret"), "in the log"),
                () -> assertEquals(
                        0,
                        SharedPatter.database()
                                .number("select count(*) from upstream where secret like '%very-secret%'")),
                () -> assertEquals(
                        1, SharedPatter.database().number("select count(*) from upstream where secret like '1:%'")));
    }

    @Test
    void anotherAddressWantsTheKeyAgain() {
        LoopbackModel first = server("m");
        LoopbackModel elsewhere = server("m");
        models.adds("Loyal", first.base().toString(), KEY);
        String path = models.path("Loyal");
        Map<String, String> moved = new HashMap<>(Map.of(
                "name",
                "Loyal",
                "dialect",
                "openai",
                "address",
                elsewhere.base().toString(),
                "offers",
                "all"));
        Document refused = models.person().post(path, moved).expect(422).html();
        assertTrue(refused.expectFirst(".problem").text().contains("Give the key again"), refused.text());
        assertEquals(
                elsewhere.base().toString(), refused.expectFirst("#address").val());
        assertEquals(List.of(), elsewhere.requests());

        moved.put("key", "sk-another-0123456789");
        models.person().post(path, moved).expect(303);
        Until.holds("it is asked", () -> !elsewhere.requests().isEmpty());
        assertEquals(
                "Bearer sk-another-0123456789",
                elsewhere.requests().get(0).headers().get("authorization"));

        moved.put("address", first.base().toString());
        moved.put("key", "");
        moved.put("nokey", "yes");
        int before = first.requests().size();
        models.person().post(path, moved).expect(303);
        Until.holds("it is asked without a key", () -> first.requests().size() > before);
        assertFalse(first.requests().get(before).headers().containsKey("authorization"));
    }

    @Test
    void aNewNameKeepsTheKey() {
        LoopbackModel server = server("words-1-at-100");
        models.adds("Before", server.base().toString(), KEY);
        String path = models.path("Before");
        models.person()
                .post(
                        path,
                        Map.of(
                                "name", "After",
                                "dialect", "openai",
                                "address", server.base().toString().replaceFirst("/$", ""),
                                "offers", "all"))
                .expect(303);
        assertTrue(models.tests("before/words-1-at-100").text().contains("It works."), "asked by its old id");
        assertEquals(List.of("words-1-at-100 (After)"), models.offered("After"));
        server.requests()
                .forEach(request ->
                        assertEquals("Bearer " + KEY, request.headers().get("authorization")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    a name                | name    | ''                        | 1 to 100
                    a short name          | name    | LONG                      | 1 to 100
                    an address            | address | ''                        | http://
                    a web address         | address | ftp://example.org         | http://
                    an address that is one| address | http://a b                | no web address
                    no user in it         | address | https://me:pw@example.org | no user
                    no fragment in it     | address | https://example.org/#k    | no “#”
                    a known dialect       | dialect | klingon                   | openai, responses
                    a key without blanks  | key     | two words                 | Copy it once more
                    """)
    void aServerHasTo(String have, String field, String value, String problem) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "name", "Typed name",
                "dialect", "gemini",
                "address", "https://typed.example/v1beta",
                "key", KEY,
                "offers", "chosen"));
        fields.put(field, value.equals("LONG") ? "x".repeat(101) : value);
        Document refused = models.add(fields).expect(422).html();
        assertTrue(refused.expectFirst(".problem").text().contains(problem), refused.text());
        assertEquals(fields.get("name"), refused.expectFirst("#name").val());
        assertEquals(fields.get("address"), refused.expectFirst("#address").val());
        assertTrue(refused.expectFirst("input[value=chosen]").hasAttr("checked"), "what was ticked");
        assertEquals("", refused.expectFirst("#key").val());
        assertFalse(refused.html().contains(fields.get("key")), "the key comes back");
        if (!field.equals("dialect")) {
            assertEquals(
                    "gemini", refused.expectFirst("#dialect option[selected]").val());
        }
    }

    @Test
    void aSecondServerNeedsANameOfItsOwnAndGetsAnIdOfItsOwn() {
        String address = server("m").base().toString();
        models.adds("Grüße!", address, "");
        Map<String, String> twin = Map.of("name", "Grüße!", "dialect", "openai", "address", address);
        assertTrue(models.add(twin).expect(422).text().contains("There is a server with this name already"));
        models.adds("Grusse", address, "");
        models.adds("Grüsse", address, "");
        models.adds("OpenAI", address, "");
        models.adds("世界", address, "");
        assertTrue(
                choices().containsAll(List.of("gru-e/m", "grusse/m", "grusse-2/m", "openai-2/m", "server/m")),
                choices().toString());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"wrong key", "bad certificate", "unknown name", "slow"})
    void aFaultSaysWhichItIsAndWhatToDo(String fault, @TempDir Path folder) throws IOException {
        try (SelfSigned tls = SelfSigned.start(folder)) {
            LoopbackModel loopback = server("never-answer");
            String address =
                    switch (fault) {
                        case "bad certificate" -> tls.base().toString();
                        case "unknown name" -> "https://no-such-host.invalid/v1";
                        default -> loopback.base().toString();
                    };
            boolean slow = fault.equals("slow");
            if (!slow) {
                loopback.models(answer -> answer.status(401, "{\"error\":{\"message\":\"bad key " + KEY + "\"}}"));
            }
            models.adds("Faulty", address, KEY);
            models.person()
                    .post("/models/settings", Map.of("server", "faulty", "name", slow ? "never-answer" : "error-401"))
                    .expect(303);
            String said = models.tests("faulty/" + (slow ? "never-answer" : "error-401"))
                    .expectFirst(".problem")
                    .text();
            Map<String, List<String>> wanted = Map.of(
                    "wrong key", List.of("refused the key", "another one on the page “Models”"),
                    "bad certificate", List.of("certificate", "not trusted", "trust store"),
                    "unknown name", List.of("no host named", "spelling", "“Models”"),
                    "slow", List.of("did not begin to answer for 3 s", "PATTER_PROVIDER_IDLE"));
            for (String word : wanted.get(fault)) {
                assertTrue(said.contains(word), said);
                if (!slow) {
                    Until.holds("the list says so too: " + word, () -> section(models.page(), "Faulty")
                            .select(".problem")
                            .text()
                            .contains(word));
                }
            }
            assertFalse(said.contains(KEY), said);
            assertFalse(models.page().html().contains(KEY));
        }
    }

    @Test
    void aTestShowsTheSentenceAndHowLongItTook() {
        LoopbackModel server = server("reasoning", "words-4-at-100", "cut");
        models.adds("Tested", server.base().toString(), "");
        Document plain = models.tests("tested/words-4-at-100");
        assertEquals("word1 word2 word3 word4", plain.expectFirst(".said").text());
        assertTrue(
                plain.expectFirst(".times")
                        .text()
                        .matches("It works\\. First token after \\d+ ms; over after \\d+ ms\\. 7 tokens in, 4 out\\."),
                plain.text());
        Document thought = models.tests("tested/reasoning");
        assertEquals("The answer.", thought.expectFirst(".said").text());
        assertTrue(thought.expectFirst(".times").text().contains("first word of the answer after"), thought.text());
        Document cut = models.tests("tested/cut");
        assertEquals("It was cut", cut.expectFirst(".said").text());
        assertTrue(cut.expectFirst(".problem").text().contains("cut in the middle"), cut.text());
        assertFalse(cut.text().contains("It works"));
        models.person().post("/models/trial", Map.of("model", "gone/m")).expect(404);
        String unknown = models.tests("tested/nothing").expectFirst(".problem").text();
        assertTrue(unknown.contains("does not know the model \"nothing\""), unknown);
    }

    @Test
    void modelsAreOrderedHiddenAndChosenOneByOne() {
        models.adds("Many", server("a", "b", "c", "d").base().toString(), "");
        models.rise("many/d").expect(303);
        models.rise("many/d").expect(303);
        assertEquals(List.of("a (Many)", "d (Many)", "b (Many)", "c (Many)"), models.offered("Many"));
        models.rise("many/a").expect(303);
        assertEquals(List.of("a (Many)", "d (Many)", "b (Many)", "c (Many)"), models.offered("Many"));
        models.offers("many/b", false).expect(303);
        assertEquals(List.of("a (Many)", "d (Many)", "c (Many)"), models.offered("Many"));
        assertFalse(choices().contains("many/b"));
        models.person()
                .begin("Hidden?", SharedPatter.AS_ASKED)
                .send("And now?", "many/b")
                .expect(422);
        models.offers("many/b", true).expect(303);
        assertTrue(choices().contains("many/b"));

        models.add(Map.of(
                        "name", "Few",
                        "dialect", "openai",
                        "address", server("x", "y", "z").base().toString(),
                        "offers", "chosen"))
                .expect(303);
        assertEquals(List.of(), models.offered("Few"));
        assertEquals(
                List.of("x (Few)", "y (Few)", "z (Few)"),
                section(models.page(), "Few").select("details strong").eachText());
        models.offers("few/y", true).expect(303);
        assertEquals(List.of("y (Few)"), models.offered("Few"));

        models.person().post(models.path("Few") + "/rise", Map.of()).expect(303);
        List<String> names = ModelsPage.servers(models.page());
        assertTrue(names.indexOf("Few") < names.indexOf("Many"), names.toString());
        assertTrue(
                choices().indexOf("few/y") < choices().indexOf("many/a"),
                choices().toString());
    }

    @Test
    void whatIsSaidAboutAModelReachesItAndSurvives() {
        LoopbackModel server = server("words-2-at-100", "other");
        models.adds("Tuned", server.base().toString(), "");
        models.tunes(
                        "tuned/words-2-at-100",
                        Map.of(
                                "label", "Our counter",
                                "text", "You count.\n\n“Slowly”, <b>please</b>.",
                                "temperature", "0.7",
                                "effort", "LOW",
                                "context", "128000",
                                "input", "0.15",
                                "output", "0.6",
                                "parameters", "{\"top_p\": 0.9}",
                                "fallback1", "tuned/other"))
                .expect(303);
        assertEquals(List.of("Our counter", "other (Tuned)"), models.offered("Tuned"));

        Talk talk = models.person().begin("Count.", "tuned/words-2-at-100");
        awaitDone(talk, 2);
        assertEquals("Our counter", talk.page().expectFirst(".assistant .name").text());
        String sent = server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .findFirst()
                .orElseThrow()
                .body();
        assertAll(
                () -> assertTrue(
                        sent.contains("{\"role\":\"system\",\"content\":\"You count.\\n\\n“Slowly”, <b>please</b>.\"}"),
                        sent),
                () -> assertTrue(sent.contains("\"temperature\":0.7"), sent),
                () -> assertTrue(sent.contains("\"reasoning_effort\":\"low\""), sent),
                () -> assertTrue(sent.contains("\"top_p\":0.9"), sent));

        Document form = models.person()
                .get("/models/settings?model=tuned/words-2-at-100")
                .expect(200)
                .html();
        assertAll(
                () -> assertEquals("Our counter", form.expectFirst("#label").val()),
                () -> assertEquals(
                        "You count.\n\n“Slowly”, <b>please</b>.",
                        form.expectFirst("#text").wholeText()),
                () -> assertEquals("0.7", form.expectFirst("#temperature").val()),
                () -> assertEquals(
                        "LOW", form.expectFirst("#effort option[selected]").val()),
                () -> assertEquals("128000", form.expectFirst("#context").val()),
                () -> assertEquals("0.15", form.expectFirst("#input").val()),
                () -> assertEquals("0.6", form.expectFirst("#output").val()),
                () -> assertEquals(
                        "{\"top_p\": 0.9}", form.expectFirst("#parameters").wholeText()),
                () -> assertEquals(
                        "tuned/other",
                        form.expectFirst("select[name=fallback1] option[selected]")
                                .val()));

        models.person()
                .post("/models/settings/deletion", Map.of("model", "tuned/words-2-at-100"))
                .expect(303);
        assertEquals(List.of("words-2-at-100 (Tuned)", "other (Tuned)"), models.offered("Tuned"));
    }

    @Test
    void aLongConversationIsCutToTheContextAndTheAnswerSaysSo() {
        LoopbackModel server = server("words-2-at-100");
        models.adds("Small", server.base().toString(), "");
        models.tunes("small/words-2-at-100", Map.of("context", "1000")).expect(303);
        Talk talk = models.person().begin("First question. " + "word ".repeat(300), "small/words-2-at-100");
        for (long number = 2; number <= 6; number += 2) {
            awaitDone(talk, number);
            if (number < 6) {
                talk.send("Question " + number + ". " + "word ".repeat(200), "small/words-2-at-100")
                        .expect(204);
            }
        }
        List<String> asked = server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(LoopbackModel.Request::body)
                .toList();
        assertTrue(asked.get(0).contains("First question."));
        assertFalse(asked.get(2).contains("First question."), asked.get(2));
        assertTrue(asked.get(2).contains("Question 4."), "the last question is told");
        Document page = talk.page();
        assertEquals(List.of(), page.select("#m2 .notice").eachText());
        assertTrue(page.expectFirst("#m6 .notice").text().contains("oldest messages were not sent to it"), page.text());
        assertEquals("word1 word2", page.select("#m6 .text:not(.notice)").text());
    }

    @Test
    void whatAModelThoughtGoesBackToItByteForByteAndToNoOther() {
        String signature = "Eq+/c2ln\u00e4==";
        LoopbackModel server = LoopbackModel.start();
        servers.add(server);
        server.path(
                "/v1/models?limit=1000", answer -> answer.status(200, "{\"data\":[{\"id\":\"c\"},{\"id\":\"d\"}]}"));
        server.path("/v1/messages", answer -> answer.stream()
                .event("{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}")
                .event("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":"
                        + "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}}")
                .event("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                        + "{\"type\":\"thinking_delta\",\"thinking\":\"Hm.\"}}")
                .event("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":"
                        + "{\"type\":\"signature_delta\",\"signature\":\"" + signature + "\"}}")
                .event("{\"type\":\"content_block_stop\",\"index\":0}")
                .event("{\"type\":\"content_block_start\",\"index\":1,\"content_block\":"
                        + "{\"type\":\"text\",\"text\":\"\"}}")
                .event("{\"type\":\"content_block_delta\",\"index\":1,\"delta\":"
                        + "{\"type\":\"text_delta\",\"text\":\"Hello.\"}}")
                .event("{\"type\":\"content_block_stop\",\"index\":1}")
                .event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                        + "\"usage\":{\"output_tokens\":5}}")
                .event("{\"type\":\"message_stop\"}")
                .end());
        models.add(Map.of(
                        "name",
                        "Thinker",
                        "dialect",
                        "anthropic",
                        "address",
                        server.base().toString(),
                        "key",
                        KEY))
                .expect(303);
        models.page();
        Talk talk = models.person().begin("One?", "thinker/c");
        awaitDone(talk, 2);
        talk.send("Two?", "thinker/c").expect(204);
        awaitDone(talk, 4);
        talk.send("Three?", "thinker/d").expect(204);
        awaitDone(talk, 6);
        List<String> asked = server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .map(LoopbackModel.Request::body)
                .toList();
        String own = "{\"type\":\"thinking\",\"thinking\":\"Hm.\",\"signature\":\"" + signature + "\"}";
        assertTrue(asked.get(1).contains(own), asked.get(1));
        assertTrue(asked.get(1).contains("Hello."), asked.get(1));
        assertFalse(asked.get(2).contains(signature), asked.get(2));
        assertTrue(asked.get(2).contains("Hello."), asked.get(2));
        assertEquals(3, SharedPatter.database().number("select count(*) from native_turn"));
        talk.delete().expect(303);
        assertEquals(0, SharedPatter.database().number("select count(*) from native_turn"));
    }

    private static void awaitDone(Talk talk, long number) {
        Until.holds(
                "answer " + number,
                () -> talk.shown().states().getOrDefault(number, "").equals("done"));
    }

    @Test
    void theFallBackOfAModelAnswersWhenItFails() {
        models.adds("Frail", server("error-401", "words-2-at-100").base().toString(), "");
        models.tunes("frail/error-401", Map.of("fallback1", "frail/words-2-at-100"))
                .expect(303);
        Talk talk = models.person().begin("Count.", "frail/error-401");
        awaitDone(talk, 2);
        assertEquals("word1 word2", talk.shown().text(2));
        assertEquals(
                "words-2-at-100 (Frail)",
                talk.page().expectFirst(".assistant .name").text());
        assertEquals(
                "frail/error-401",
                talk.page().expectFirst("#model option[selected]").val(),
                "the choice is still what the person chose");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    temperature | warm              | 0 to 2
                    temperature | 2.1               | 0 to 2
                    temperature | -1                | 0 to 2
                    temperature | 0.123             | 2 decimals
                    context     | many              | whole number
                    context     | 0                 | whole number
                    input       | 1,50              | like 0.15
                    output      | 1e99              | like 0.15
                    effort      | ENORMOUS          | reasoning efforts
                    parameters  | top_p = 1         | JSON object
                    parameters  | {"model":"other"} | "model"
                    fallback1   | odd/m             | its own
                    fallback2   | nobody/knows      | not there any more
                    label       | LONG              | at most 100
                    """)
    void badSettingsAreRefusedAndKeptInTheForm(String field, String value, String problem) {
        models.adds("Odd", server("m").base().toString(), "");
        Map<String, String> fields = new HashMap<>(Map.of("label", "Typed", "text", "A long prompt\nwith lines"));
        fields.put(field, value.equals("LONG") ? "x".repeat(101) : value);
        Document refused = models.tunes("odd/m", fields).expect(422).html();
        assertTrue(refused.expectFirst(".problem").text().contains(problem), refused.text());
        assertEquals("A long prompt\nwith lines", refused.expectFirst("#text").wholeText());
        Element typed = refused.expectFirst("[name=" + field + "]");
        if (typed.is("input")) {
            assertEquals(fields.get(field), typed.val());
        } else if (typed.is("textarea")) {
            assertEquals(value, typed.wholeText());
        }
        assertEquals(List.of("m (Odd)"), models.offered("Odd"), "nothing has changed");
    }

    @Test
    void aModelIsAddedByItsName() {
        models.adds("Quiet", server().base().toString(), "");
        assertEquals(List.of(), models.offered("Quiet"));
        Map<String, String> named = Map.of("server", "quiet", "name", "words-1-at-100");
        models.person().post("/models/settings", named).expect(303);
        assertEquals(List.of("words-1-at-100 (Quiet)"), models.offered("Quiet"));
        assertTrue(models.tests("quiet/words-1-at-100").text().contains("It works."));
        Document blank = models.person()
                .post("/models/settings", Map.of("server", "quiet", "name", " ", "label", "Kept"))
                .expect(422)
                .html();
        assertTrue(blank.expectFirst(".problem").text().contains("1 to 194"), blank.text());
        assertEquals("Kept", blank.expectFirst("#label").val());
        models.person()
                .post("/models/settings", Map.of("server", "gone", "name", "m"))
                .expect(404);
    }

    @Test
    void whatAnotherNodeChangesIsSeenHere() {
        models.adds("Here", server("m").base().toString(), "");
        SharedPatter.database().change("update upstream set name = 'There' where name = 'Here'");
        SharedPatter.database().change("update catalogue set revision = revision + 1");
        Until.holds("the new name", () -> models.page().text().contains("m (There)"));
    }

    @Test
    void aKeyThatWasMovedToAnotherServerByHandIsNotSent() {
        LoopbackModel honest = server("m");
        LoopbackModel thief = server("m");
        models.adds("Honest", honest.base().toString(), KEY);
        models.adds("Thief", thief.base().toString(), "");
        SharedPatter.database()
                .change("update upstream set secret = (select secret from upstream where slug = 'honest')"
                        + " where slug = 'thief'");
        SharedPatter.database().change("update catalogue set revision = revision + 1");
        Until.holds(
                "it is noticed", () -> section(models.page(), "Thief").text().contains("cannot be read"));
        assertTrue(
                thief.requests().stream().noneMatch(request -> request.headers().containsKey("authorization")));
    }
}
