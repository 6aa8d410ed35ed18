package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.Calling;
import app.patter.provider.LoopbackModel;
import app.patter.provider.SelfSigned;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Models call tools: built-in ones, and those of a server that nobody here wrote, over HTTP and as a command. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolsIT {

    private static final String MODEL = "openai/calling";

    private Everything everything;
    private LoopbackModel model;
    private ChosenDatabase database;
    private PatterServer server;
    private Person ada;

    @BeforeAll
    void start(@TempDir Path folder) {
        everything = Everything.start();
        model = LoopbackModel.start();
        model.models(answer -> answer.status(200, "{\"data\":[{\"id\":\"calling\"},{\"id\":\"toolless\"}]}"));
        database = ChosenDatabase.in(folder);
        server = PatterServer.start(
                folder,
                database.settings(Map.of(
                        "PATTER_MODEL_URL", model.base().toString(),
                        "PATTER_MODEL", "calling",
                        "PATTER_PROVIDER_RETRIES", "0",
                        "PATTER_TITLES", "off",
                        "PATTER_TOOL_COMMANDS", "on",
                        "PATTER_TOOL_ROUNDS", "4",
                        "PATTER_TOOL_TIMEOUT", "12000")));
        ada = Person.first(server.address(), "ada");
        add("Web", "HTTP", everything.address(), "ALLOW");
        add("Local", "COMMAND", Everything.command(), "ASK");
        for (String name : List.of("Web", "Local")) {
            Until.holds(
                    "the tools of " + name,
                    () -> ada.get("/tools").html().select("section[aria-label=" + name + "] li").stream()
                            .anyMatch(line -> line.text().contains("Echo")));
        }
    }

    private void add(String name, String kind, String address, String permission) {
        ada.get("/tools/servers").expect(200);
        ada.post("/tools/servers", Map.of("name", name, "kind", kind, "address", address, "permission", permission))
                .expect(303);
    }

    @AfterAll
    void end() throws IOException {
        server.close();
        database.close();
        model.close();
        everything.close();
    }

    private Calling calling() {
        Calling calling = new Calling();
        model.script("calling", calling);
        return calling;
    }

    /** The last answer of a conversation, when it is in that state. */
    private static Element answer(Talk talk, String state) {
        Until.holds(
                "the answer is " + state, () -> head(talk).attr("data-state").equals(state));
        return talk.page().select("article.message").last();
    }

    private static Element head(Talk talk) {
        return talk.page().select("article.message header").last();
    }

    private static List<String> cards(Element answer) {
        return answer.select(".call").eachAttr("data-status");
    }

    /** What the model was told in its last request; it is asked in between what models there are. */
    private JsonArray told() {
        List<String> bodies = model.requests().stream()
                .map(LoopbackModel.Request::body)
                .filter(body -> !body.isEmpty())
                .toList();
        String body = bodies.get(bodies.size() - 1);
        return Json.createReader(new StringReader(body)).readObject().getJsonArray("messages");
    }

    private static String result(JsonArray told, String call) {
        return told.stream()
                .map(message -> message.asJsonObject())
                .filter(message -> message.getString("tool_call_id", "").equals(call))
                .map(message -> message.getString("content"))
                .findFirst()
                .orElse("(none)");
    }

    @Test
    void aModelCalculatesAndGoesOnWithWhatItHasGot() {
        calling()
                .then(answer -> {
                    answer.stream().text("Let me see. ");
                    Calling.call(answer, 0, "call_1", "calculator", "{\"expression\":\"FACT(20)/7\"}");
                    answer.finish("tool_calls").done();
                })
                .says("That is a lot.");
        Talk talk = ada.begin("What is 20!/7?", MODEL);
        Element answer = answer(talk, "done");
        assertEquals(List.of("done"), cards(answer));
        assertEquals("Calculator", answer.expectFirst(".call .what").text());
        assertEquals(
                "{\"expression\":\"FACT(20)/7\"}",
                answer.expectFirst(".call .arguments").text());
        assertTrue(answer.expectFirst(".call .output").text().startsWith("347557429739520000"), answer.html());
        assertEquals(
                "Let me see. That is a lot.",
                String.join(" ", answer.select(".text").eachText()));
        assertEquals("Let me see.", answer.selectFirst(".body").child(0).text(), "in the order in which they came");
        assertEquals("347557429739520000", result(told(), "call_1"));
    }

    @Test
    void twoCallsAtOnceRunSideBySideAndAreToldInTheirOrder() {
        calling()
                .then(answer -> {
                    answer.stream();
                    answer.event(Calling.delta(0, "slow", "web_trigger-long-running-operation", "{\"duration\":3,"));
                    answer.event(Calling.delta(1, "quick", "web_echo", "{\"message\":"));
                    answer.event(Calling.delta(0, "", "", "\"steps\":6}"));
                    answer.event(Calling.delta(1, "", "", "\"Grüezi\"}"));
                    answer.finish("tool_calls").done();
                })
                .says("Both are there.");
        Talk talk = ada.begin("Do both", MODEL);
        Until.holds(
                "the quick one is done while the slow one runs",
                () -> cards(talk.page().select("article.message").last()).equals(List.of("running", "done")));
        Until.holds(
                "progress is shown",
                () -> talk.page().select(".call .phase").first().text().matches("[1-6] of 6"));
        Element answer = answer(talk, "done");
        assertEquals(List.of("done", "done"), cards(answer));
        assertEquals(
                List.of("{\"duration\":3,\"steps\":6}", "{\"message\":\"Grüezi\"}"),
                answer.select(".call .arguments").eachText());
        JsonArray told = told();
        JsonObject calls = told.getJsonObject(told.size() - 3);
        assertEquals(2, calls.getJsonArray("tool_calls").size());
        assertEquals("slow", told.getJsonObject(told.size() - 2).getString("tool_call_id"));
        assertEquals("quick", told.getJsonObject(told.size() - 1).getString("tool_call_id"));
        assertTrue(result(told, "quick").contains("Grüezi"));
        assertTrue(result(told, "slow").contains("completed"), result(told, "slow"));
    }

    @Test
    void anAnswerWaitsForPermissionAlsoAcrossPages() {
        calling().calls("c1", "local_get-sum", "{\"a\":2,\"b\":40}").says("It is 42.");
        Talk talk = ada.begin("Add", MODEL);
        Element waiting = answer(talk, "waiting");
        assertEquals(List.of("waiting"), cards(waiting));
        assertEquals(3, waiting.select(".approval button").size());
        decide(talk, "c1", "once").expect(204);
        Element answer = answer(talk, "done");
        assertTrue(answer.expectFirst(".call .output").text().contains("42"), answer.html());
        assertEquals("It is 42.", answer.select(".text").text());
        calling().calls("c2", "local_get-sum", "{\"a\":1,\"b\":1}").says("Two.");
        talk.send("Again", MODEL).expect(204);
        answer(talk, "waiting");
        decide(talk, "c2", "always").expect(204);
        answer(talk, "done");
        calling().calls("c3", "local_get-sum", "{\"a\":3,\"b\":3}").says("Six.");
        talk.send("And again", MODEL).expect(204);
        assertEquals("Six.", answer(talk, "done").select(".text").text(), "not asked any more");
    }

    private Reply decide(Talk talk, String call, String decision) {
        return ada.post(
                talk.path() + "/messages/" + talk.last() + "/calls",
                Map.of("call", call, "decision", decision),
                "HX-Request",
                "true");
    }

    @Test
    void whatIsRefusedIsNotCalledAndTheModelIsTold() {
        calling()
                .then(answer -> {
                    answer.stream();
                    Calling.call(answer, 0, "r1", "local_echo", "{\"message\":\"one\"}");
                    Calling.call(answer, 1, "r2", "local_echo", "{\"message\":\"two\"}");
                    answer.finish("tool_calls").done();
                })
                .says("As you like.");
        Talk talk = ada.begin("Echo twice", MODEL);
        answer(talk, "waiting");
        decide(talk, "r1", "refuse").expect(204);
        Element half = answer(talk, "waiting");
        assertEquals(List.of("decided", "waiting"), cards(half));
        decide(talk, "r1", "once").expect(204);
        decide(talk, "nobody", "once").expect(404);
        decide(talk, "r2", "perhaps").expect(422);
        Person bob = ada.invite("bob");
        bob.post(talk.path() + "/messages/" + talk.last() + "/calls", Map.of("call", "r2", "decision", "once"))
                .expect(404);
        assertEquals(List.of("decided", "waiting"), cards(answer(talk, "waiting")));
        decide(talk, "r2", "once").expect(204);
        Element answer = answer(talk, "done");
        assertEquals(List.of("refused", "done"), cards(answer));
        assertTrue(result(told(), "r1").contains("did not allow"), result(told(), "r1"));
        assertTrue(result(told(), "r2").contains("two"), result(told(), "r2"));
    }

    /** The other call takes five seconds, so that what ends before it did not wait for it. */
    private Talk twoCallsOfWhichOneAsks() {
        calling()
                .then(answer -> {
                    answer.stream();
                    Calling.call(
                            answer, 0, "slow", "web_trigger-long-running-operation", "{\"duration\":5,\"steps\":50}");
                    Calling.call(answer, 1, "asks", "local_echo", "{\"message\":\"meanwhile\"}");
                    answer.finish("tool_calls").done();
                })
                .calls("again", "local_echo", "{\"message\":\"once more\"}")
                .says("Both are there.");
        Talk talk = ada.begin("Do both, with my permission", MODEL);
        Until.holds(
                "one runs and the other asks",
                () -> cards(talk.page().select("article.message").last()).equals(List.of("running", "waiting")));
        return talk;
    }

    @Test
    void aPersonDecidesWhileAnotherCallRuns() {
        Talk talk = twoCallsOfWhichOneAsks();
        assertEquals("calling", head(talk).attr("data-state"));
        assertEquals(3, talk.page().select(".approval button").size());
        decide(talk, "slow", "refuse").expect(204); // nobody was asked about that
        decide(talk, "asks", "always").expect(204);
        decide(talk, "asks", "refuse").expect(204); // too late, from another tab
        Until.holds(
                "the one that was allowed is done while the other runs",
                () -> cards(talk.page().select("article.message").last()).equals(List.of("running", "done")));
        assertEquals(0, talk.page().select(".approval").size());
        Element answer = answer(talk, "done");
        assertEquals(List.of("done", "done", "done"), cards(answer), "and is not asked about in the next round");
        assertTrue(result(told(), "asks").contains("meanwhile"), result(told(), "asks"));
        assertTrue(result(told(), "slow").contains("completed"), result(told(), "slow"));
        assertEquals("Both are there.", answer.select(".text").text());
    }

    @Test
    void whatIsRefusedWhileAnotherCallRunsKeepsNobodyWaiting() {
        Talk talk = twoCallsOfWhichOneAsks();
        ApiClient client = new ApiClient(server.address(), ApiClient.token(ada, "write"));
        String path = "conversations/" + talk.id() + "/messages/" + talk.last() + "/calls";
        client.call("POST", path, "{\"call\":\"asks\",\"decision\":\"refuse\"}", 204);
        Until.holds("the next round asks", () -> cards(
                        talk.page().select("article.message").last())
                .equals(List.of("done", "refused", "waiting")));
        assertTrue(result(told(), "asks").contains("did not allow"), result(told(), "asks"));
        talk.stop().expect(204);
        answer(talk, "stopped");
    }

    @Test
    void whoDoesNotDecideWhileAnotherCallRunsIsWaitedFor() {
        Talk talk = twoCallsOfWhichOneAsks();
        assertEquals(List.of("done", "waiting"), cards(answer(talk, "waiting")));
        decide(talk, "asks", "once").expect(204);
        Until.holds(
                "the next round asks",
                () -> cards(talk.page().select("article.message").last()).equals(List.of("done", "done", "waiting")));
        talk.stop().expect(204);
        answer(talk, "stopped");
    }

    @Test
    @Tag("long")
    void anAnswerThatWaitsForOneOfTwoCallsOutlivesARestart() {
        Talk talk = twoCallsOfWhichOneAsks();
        assertEquals(List.of("done", "waiting"), cards(answer(talk, "waiting")));
        server.kill();
        server.start();
        decide(talk, "asks", "once").expect(204);
        Until.holds(
                "the next round asks",
                () -> cards(talk.page().select("article.message").last()).equals(List.of("done", "done", "waiting")));
        talk.stop().expect(204);
        answer(talk, "stopped");
    }

    @Test
    void aProgramDecidesToo() {
        calling().calls("p", "local_echo", "{\"message\":\"from a program\"}").says("Good.");
        Talk talk = ada.begin("Echo for a program", MODEL);
        answer(talk, "waiting");
        ApiClient client = new ApiClient(server.address(), ApiClient.token(ada, "write"));
        String path = "conversations/" + talk.id() + "/messages/" + talk.last() + "/calls";
        client.call("POST", path, "{\"call\":\"p\",\"decision\":\"maybe\"}", 422);
        client.call("POST", path, "{\"call\":\"q\",\"decision\":\"once\"}", 404);
        client.call("POST", path, "{\"call\":\"p\",\"decision\":\"once\"}", 204);
        assertEquals(List.of("done"), cards(answer(talk, "done")));
        client.call("POST", path, "{\"call\":\"p\",\"decision\":\"refuse\"}", 204);
        String runs = client.call("GET", "conversations/" + talk.id() + "/messages?since=1", null, 200)
                .getJsonArray("messages")
                .getJsonObject(0)
                .getJsonArray("runs")
                .toString();
        assertTrue(runs.contains("toolResponse") && runs.contains("from a program"), runs);
    }

    @Test
    void whatAnAnswerUsesIsCountedOverAllItsRoundsAndWhatTheyCost() {
        new ModelsPage(ada)
                .tunes(MODEL, Map.of("input", "2", "output", "10", "cached", "0.5"))
                .expect(303);
        calling()
                .then(answer -> {
                    answer.stream();
                    Calling.call(answer, 0, "u1", "local_get-sum", "{\"a\":1,\"b\":2}");
                    answer.finish("tool_calls")
                            .event(usage(1_200, 50, "\"prompt_tokens_details\":{\"cached_tokens\":200}"))
                            .done();
                })
                .then(answer -> answer.stream()
                        .text("Three.")
                        .finish("stop")
                        .event(usage(1_300, 150, "\"completion_tokens_details\":{\"reasoning_tokens\":100}"))
                        .done());
        Talk talk = ada.begin("Add and count", MODEL);
        Element waiting = answer(talk, "waiting");
        assertEquals(
                "1,200 tokens in (200 cached), 50 out, cost 0.0026",
                waiting.expectFirst(".usage").text());
        EventReader reader = talk.follow().connect();
        decide(talk, "u1", "once").expect(204);
        Element answer = answer(talk, "done");
        Until.holds("a page that follows shows it too", () -> reader.frames().stream()
                .anyMatch(frame -> frame.data().contains("2,500 tokens in")));
        reader.close();
        assertEquals(
                "2,500 tokens in (200 cached), 200 out (100 reasoning), cost 0.0067",
                answer.expectFirst(".usage").text());
        JsonObject message = new ApiClient(server.address(), ApiClient.token(ada, "read"))
                .call("GET", "conversations/" + talk.id() + "/messages?since=1", null, 200)
                .getJsonArray("messages")
                .getJsonObject(0);
        assertEquals(2_500, message.getInt("inputTokens"));
        assertEquals(200, message.getInt("outputTokens"));
        assertEquals(200, message.getInt("cachedTokens"));
        assertEquals(100, message.getInt("reasoningTokens"));
        assertEquals("0.0067", message.getJsonNumber("cost").toString());
    }

    private static String usage(int input, int output, String details) {
        return "{\"choices\":[],\"usage\":{\"prompt_tokens\":" + input + ",\"completion_tokens\":" + output + ","
                + details + "}}";
    }

    @Test
    void stopEndsTheCallsToo() {
        calling().calls("long", "web_trigger-long-running-operation", "{\"duration\":5,\"steps\":50}");
        Talk talk = ada.begin("Take your time", MODEL);
        Until.holds("it runs", () -> talk.page().select(".call .phase").text().contains(" of 50"));
        talk.stop().expect(204);
        Element answer = answer(talk, "stopped");
        assertEquals(List.of("unfinished"), cards(answer));
        calling().says("I see that I was stopped.");
        talk.press(talk.last(), "continuation").expect(204);
        answer = answer(talk, "done");
        assertEquals(List.of("failed"), cards(answer));
        assertTrue(result(told(), "long").contains("not known"), result(told(), "long"));
    }

    @Test
    void whatWasAllowedAndThenStoppedIsNotRunAgain() {
        calling().calls("once", "local_trigger-long-running-operation", "{\"duration\":60,\"steps\":600}");
        Talk talk = ada.begin("Take your time, if I let you", MODEL);
        answer(talk, "waiting");
        decide(talk, "once", "once").expect(204);
        Until.holds("it runs", () -> talk.page().select(".call .phase").text().contains(" of 600"));
        talk.stop().expect(204);
        answer(talk, "stopped");
        calling().says("I see that I was stopped.");
        talk.press(talk.last(), "continuation").expect(204);
        assertEquals(List.of("failed"), cards(answer(talk, "done")));
        assertTrue(result(told(), "once").contains("not known"), result(told(), "once"));
    }

    @Test
    void aRestartNeitherLosesAToolNorRunsACallTwice() {
        calling()
                .calls("kept", "local_trigger-long-running-operation", "{\"duration\":60,\"steps\":600}")
                .says("I see that you were away.");
        Talk talk = ada.begin("Take your time", MODEL);
        answer(talk, "waiting");
        server.kill();
        server.start();
        decide(talk, "kept", "once").expect(204); // the tool server is asked only now what it has
        Until.holds("it runs", () -> talk.page().select(".call .phase").text().contains(" of 600"));
        server.kill();
        server.start();
        answer(talk, "interrupted");
        talk.press(talk.last(), "continuation").expect(204);
        assertEquals(List.of("failed"), cards(answer(talk, "done")));
        assertTrue(result(told(), "kept").contains("not known"), result(told(), "kept"));
    }

    @Test
    void whatWasCertainlyNotBegunIsToldSo() {
        calling().calls("never", "local_echo", "{\"message\":\"never\"}");
        Talk talk = ada.begin("Echo, perhaps", MODEL);
        answer(talk, "waiting");
        talk.stop().expect(204);
        answer(talk, "stopped");
        calling().says("As you like.");
        talk.press(talk.last(), "continuation").expect(204);
        answer(talk, "done");
        assertTrue(result(told(), "never").contains("was not made"), result(told(), "never"));
    }

    /** Some count their calls anew in every round. */
    @Test
    void aCallThatHasTheIdOfAnEarlierOneIsDecidedAboutByItself() {
        calling()
                .calls("call_0", "local_echo", "{\"message\":\"one\"}")
                .calls("call_0", "local_echo", "{\"message\":\"two\"}")
                .says("Done.");
        Talk talk = ada.begin("Echo, and echo again", MODEL);
        answer(talk, "waiting");
        decide(talk, "call_0", "once").expect(204);
        Until.holds(
                "the second one waits",
                () -> cards(talk.page().select("article.message").last()).equals(List.of("done", "waiting")));
        decide(talk, talk.page().select(".approval input[name=call]").last().val(), "refuse")
                .expect(204);
        Element answer = answer(talk, "done");
        assertEquals(List.of("done", "refused"), cards(answer));
        List<String> results = told().stream()
                .map(message -> message.asJsonObject())
                .filter(message -> message.getString("tool_call_id", "").equals("call_0"))
                .map(message -> message.getString("content"))
                .toList();
        assertEquals(2, results.size(), told().toString());
        assertTrue(results.get(0).contains("one"), results.get(0));
        assertTrue(results.get(1).contains("did not allow"), results.get(1));
    }

    @Test
    void aFailureNamesTheRequestForTheProvidersSupport() {
        model.script("calling", answer -> answer.stream("x-request-id: req_77")
                .text("Half an")
                .event("{\"error\":{\"message\":\"out of luck\"}}")
                .end());
        Element answer = answer(ada.begin("Fail", MODEL), "failed");
        assertTrue(answer.select(".problem").text().contains("(request id req_77)"), answer.html());
        Until.holds("the log has it too", () -> server.log().contains("req_77"));
    }

    @Test
    void anAnswerThatWaitsCanBeStoppedOrLeftBehind() {
        calling().calls("w", "local_echo", "{\"message\":\"wait\"}");
        Talk talk = ada.begin("Wait for me", MODEL);
        answer(talk, "waiting");
        talk.stop().expect(204);
        assertEquals(List.of("unfinished"), cards(answer(talk, "stopped")));
        decide(talk, "w", "once").expect(204);
        assertEquals(List.of("unfinished"), cards(answer(talk, "stopped")), "too late");
        calling().calls("v", "local_echo", "{\"message\":\"again\"}");
        talk.press(talk.last(), "retry").expect(204);
        answer(talk, "waiting");
        calling().says("Never mind.");
        talk.send("Something else", MODEL).expect(204);
        answer(talk, "done");
        assertTrue(result(told(), "v").contains("was not made"), told().toString());
    }

    @Test
    void whatGoesWrongIsToldToTheModelAndShown() {
        calling()
                .then(answer -> {
                    answer.stream();
                    Calling.call(answer, 0, "e1", "web_get-sum", "{\"a\":\"many\"}");
                    Calling.call(answer, 1, "e2", "no_such_tool", "{}");
                    Calling.call(answer, 2, "e3", "calculator", "{\"expression\":");
                    Calling.call(answer, 3, "e4", "calculator", "{\"expression\":\"1/0\"}");
                    Calling.call(
                            answer, 4, "e5", "web_trigger-long-running-operation", "{\"duration\":60,\"steps\":1}");
                    answer.finish("tool_calls").done();
                })
                .says("Nothing worked.");
        Element answer = answer(ada.begin("Break things", MODEL), "done");
        assertEquals(List.of("failed", "failed", "failed", "failed", "failed"), cards(answer));
        JsonArray told = told();
        assertTrue(result(told, "e1").toLowerCase(java.util.Locale.ROOT).contains("invalid"), result(told, "e1"));
        assertEquals("There is no tool of this name.", result(told, "e2"));
        assertTrue(result(told, "e3").contains("no JSON object"), result(told, "e3"));
        assertTrue(result(told, "e4").contains("cannot be calculated"), result(told, "e4"));
        assertEquals("The tool did not answer within 12 s.", result(told, "e5"));
    }

    @Test
    void aModelThatNeverStopsCallingIsStoppedAfterSomeRounds() {
        Calling calling = calling();
        for (int round = 1; round <= 4; round++) {
            calling.calls("round" + round, "current_time", "{}");
        }
        Talk talk = ada.begin("What time is it?", MODEL);
        Element answer = answer(talk, "failed");
        assertEquals(List.of("done", "done", "done", "unfinished"), cards(answer));
        assertTrue(answer.select(".problem").text().contains("4 times"), answer.html());
        calling().says("It is late.");
        talk.press(talk.last(), "continuation").expect(204);
        assertEquals("It is late.", answer(talk, "done").select(".text").text());
        assertTrue(result(told(), "round4").contains("was not made"), result(told(), "round4"));
    }

    @Test
    void picturesAndResourcesAreShownToPeopleAndNamedToModels() {
        calling()
                .then(answer -> {
                    answer.stream();
                    Calling.call(answer, 0, "p1", "web_get-tiny-image", "{}");
                    Calling.call(
                            answer,
                            1,
                            "p2",
                            "web_get-resource-reference",
                            "{\"resourceType\":\"Text\",\"resourceId\":1}");
                    Calling.call(answer, 2, "p3", "web_get-resource-links", "{\"count\":2}");
                    Calling.call(answer, 3, "p4", "web_get-structured-content", "{\"location\":\"Chicago\"}");
                    answer.finish("tool_calls").done();
                })
                .says("Look.");
        Talk talk = ada.begin("Show me", MODEL);
        Element answer = answer(talk, "done");
        assertEquals(List.of("done", "done", "done", "done"), cards(answer));
        String picture = answer.expectFirst(".call img").attr("src");
        Reply image = ada.get(picture).expect(200);
        assertTrue(image.header("Content-Type").orElse("").startsWith("image/png"));
        assertEquals("nosniff", image.header("X-Content-Type-Options").orElse(""));
        ada.invite("eve").get(picture).expect(404);
        JsonArray told = told();
        assertTrue(result(told, "p1").contains("[picture, image/png"), result(told, "p1"));
        assertTrue(result(told, "p2").contains("demo://resource"), result(told, "p2"));
        assertTrue(result(told, "p3").contains("demo://resource"), result(told, "p3"));
        assertTrue(result(told, "p4").contains("temperature"), result(told, "p4"));
    }

    @Test
    void aCommandKnowsNothingOfPattersOwnEnvironment() {
        calling().calls("env", "local_get-env", "{}").says("Little.");
        Talk talk = ada.begin("What do you see?", MODEL);
        answer(talk, "waiting");
        decide(talk, "env", "once").expect(204);
        String seen = answer(talk, "done").select(".call .output").text();
        assertTrue(seen.contains("PATH"), seen);
        assertFalse(seen.contains("PATTER_"), seen);
    }

    @Test
    void aModelThatRefusesToolsIsAskedWithoutThem() {
        Map<String, Integer> asked = new HashMap<>();
        model.script("toolless", answer -> {
            asked.merge(answer.request().body().contains("\"tools\"") ? "with" : "without", 1, Integer::sum);
            if (answer.request().body().contains("\"tools\"")) {
                answer.status(400, "{\"error\":{\"message\":\"this model does not support tools\"}}");
            } else {
                answer.stream().text("Plain.").finish("stop").done();
            }
        });
        assertEquals(
                "Plain.",
                answer(ada.begin("Hello", "openai/toolless"), "done")
                        .select(".text")
                        .text());
        answer(ada.begin("Hello again", "openai/toolless"), "done");
        assertEquals(Map.of("with", 1, "without", 2), asked, "remembered");
    }

    @Test
    void whatAnAgentDoesItselfIsShownAndNotDoneAgain() throws IOException {
        List<String> lines =
                Files.readAllLines(Path.of("src/test/resources/app/patter/provider/agent-sub-agent.jsonl"));
        model.path("/agent/messages", answer -> {
            answer.lines();
            for (String line : lines) {
                answer.piece(line + "\n");
            }
            answer.end();
        });
        model.path("/agent/models", answer -> answer.status(200, "{\"data\":[{\"id\":\"coder\"}]}"));
        ada.get("/models/servers").expect(200);
        String address = model.base().resolve("/agent").toString();
        ada.post("/models/servers", Map.of("name", "Agent", "dialect", "agent", "address", address, "offers", "all"))
                .expect(303);
        Until.holds("the agent is offered", () -> ada.get("/").html().text().contains("coder"));
        Element answer = answer(ada.begin("Count the files", "agent/coder"), "done");
        assertEquals(List.of("done"), cards(answer));
        assertEquals("Task", answer.expectFirst(".call .what").text());
        assertEquals(
                "Counting. [Bash] There are 3.",
                answer.expectFirst(".call .output").text().replaceAll("\\s+", " "));
        assertEquals("3", answer.select(".text").text());
        assertTrue(answer.select(".problem").text().contains("paused"), "it had no turns left");
        assertTrue(answer.select("footer button").text().contains("Continue"), answer.text());
    }

    @Test
    void aToolServerThatCannotBeAskedSaysWhy(@TempDir Path keys) throws IOException {
        model.path("/locked", answer -> answer.status(401, "{}"));
        model.path("/page", answer -> answer.status(404, "{}"));
        try (SelfSigned bad = SelfSigned.start(keys)) {
            add("Nobody", "HTTP", "http://127.0.0.1:1/mcp?key=hidden", "ASK");
            add("Nowhere", "HTTP", "http://no-such-host.invalid/mcp", "ASK");
            add("Locked", "HTTP", model.base().resolve("/locked").toString(), "ASK");
            add("Page", "HTTP", model.base().resolve("/page").toString(), "ASK");
            add("Unsafe", "HTTP", bad.base().resolve("/mcp").toString(), "ASK");
            add("Missing", "COMMAND", "no-such-program-at-all --flag", "ASK");
            says("Nobody", "Nothing answers at 127.0.0.1:1.");
            says("Nowhere", "No host has this name");
            says("Locked", "refused the key");
            says("Page", "There is no Model Context Protocol at");
            says("Unsafe", "certificate is not valid");
            says("Missing", "The command cannot be started");
        }
        for (String name : List.of("Nobody", "Nowhere", "Locked", "Page", "Unsafe", "Missing")) {
            String change = ada.get("/tools")
                    .html()
                    .expectFirst("[aria-label='Edit " + name + "']")
                    .attr("href");
            ada.get(change).expect(200);
            ada.post(change + "/deletion", Map.of()).expect(303);
        }
    }

    private void says(String server, String problem) {
        String selector = "section[aria-label=" + server + "] .problem";
        Until.holds(
                server + " has a problem",
                () -> !ada.get("/tools").html().select(selector).isEmpty());
        String told = ada.get("/tools").html().select(selector).text();
        assertTrue(told.contains(problem), server + ": " + told);
    }

    @Test
    void aFormThatCannotBeTakenComesBackAsItWas() {
        for (Map<String, String> form : List.of(
                Map.of("name", "", "kind", "HTTP", "address", "http://a/mcp", "permission", "ASK"),
                Map.of("name", "A", "kind", "HTTP", "address", "ftp://a", "permission", "ASK"),
                Map.of("name", "A", "kind", "HTTP", "address", "http://a b/", "permission", "ASK"),
                Map.of("name", "A", "kind", "HTTP", "address", "http://a/", "permission", "SOMETIMES"),
                Map.of("name", "A", "kind", "HTTP", "address", "http://a/", "permission", "ASK", "secret", "é ü"),
                Map.of("name", "A", "kind", "COMMAND", "address", " ", "permission", "ASK"),
                Map.of("name", "A", "kind", "COMMAND", "address", "x", "permission", "ASK", "secret", "no variable"),
                Map.of("name", "Web", "kind", "HTTP", "address", "http://a/", "permission", "ASK"))) {
            ada.get("/tools/servers").expect(200);
            Reply reply = ada.post("/tools/servers", form).expect(422);
            assertEquals(form.get("name"), reply.html().expectFirst("#name").val());
            assertFalse(reply.html().select(".problem").text().isEmpty(), form.toString());
        }
    }

    @Test
    void whatAnAdministratorSwitchesOffIsNotOffered() {
        ada.get("/tools").expect(200);
        Map<String, String> off = Map.of("source", "web", "tool", "echo", "permission", "off");
        ada.post("/tools/permission", off).expect(303);
        calling().says("Nothing to echo.");
        answer(ada.begin("Echo?", MODEL), "done");
        List<LoopbackModel.Request> requests = model.requests();
        String body = requests.get(requests.size() - 1).body();
        assertTrue(body.contains("\"web_get-sum\""), body);
        assertFalse(body.contains("\"web_echo\""), body);
        ada.post("/tools/permission", Map.of("source", "web", "tool", "echo", "permission", "allow"))
                .expect(303);
        Person carl = ada.invite("carl");
        carl.get("/tools").expect(404);
        carl.post("/tools/permission", off).expect(404);
    }
}
