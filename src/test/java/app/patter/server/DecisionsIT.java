package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.provider.Calling;
import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Decisions about a call that come while another call runs, and where or when nobody looks for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionsIT {

    private static final String MODEL = "openai/calling";

    private Everything everything;
    private LoopbackModel model;
    private Postgres postgres;
    private PatterServer here;
    private PatterServer there;
    private Person ada;

    @BeforeAll
    void start(@TempDir Path folder) {
        everything = Everything.start();
        model = LoopbackModel.start();
        postgres = Postgres.start();
        Map<String, String> settings = new TreeMap<>(postgres.settings());
        settings.put("PATTER_MODEL_URL", model.base().toString());
        settings.put("PATTER_MODEL", "calling");
        settings.put("PATTER_TITLES", "off");
        model.models(answer -> answer.status(200, "{\"data\":[{\"id\":\"calling\"}]}"));
        here = PatterServer.start(folder.resolve("here"), settings);
        there = PatterServer.start(folder.resolve("there"), settings);
        ada = Person.first(here.address(), "ada");
        ada.get("/tools/servers").expect(200);
        ada.post(
                        "/tools/servers",
                        Map.of("name", "Web", "kind", "HTTP", "address", everything.address(), "permission", "ALLOW"))
                .expect(303);
        ada.post("/tools/permission", Map.of("source", "patter", "tool", "calculator", "permission", "ask"))
                .expect(303);
        Until.holds("the tools of Web", () -> ada.get("/tools").html().select("section[aria-label=Web] li").stream()
                .anyMatch(line -> line.text().contains("Long Running")));
    }

    @AfterAll
    void end() throws IOException {
        there.close();
        here.close();
        postgres.close();
        model.close();
        everything.close();
    }

    /** An answer in which one call takes so many seconds and the other asks. */
    private Talk twoCalls(int seconds) {
        model.script(
                "calling",
                new Calling()
                        .then(answer -> {
                            answer.stream();
                            Calling.call(
                                    answer,
                                    0,
                                    "slow",
                                    "web_trigger-long-running-operation",
                                    "{\"duration\":" + seconds + ",\"steps\":" + seconds + "}");
                            Calling.call(answer, 1, "asks", "calculator", "{\"expression\":\"2^10\"}");
                            answer.finish("tool_calls").done();
                        })
                        .says("Both are there."));
        Talk talk = ada.begin("Do both, with my permission", MODEL);
        Until.holds("one runs and the other asks", () -> cards(talk).equals(List.of("running", "waiting")));
        return talk;
    }

    private static Reply allow(Talk talk) {
        return talk.person()
                .post(
                        talk.path() + "/messages/" + talk.last() + "/calls",
                        Map.of("call", "asks", "decision", "once"),
                        "HX-Request",
                        "true");
    }

    private static List<String> cards(Talk talk) {
        return talk.page().select("article.message").last().select(".call").eachAttr("data-status");
    }

    private static void assertGoesOn(Talk talk) {
        Until.holds("the answer is done", () -> talk.page()
                .select("article.message header")
                .last()
                .attr("data-state")
                .equals("done"));
        assertEquals(List.of("done", "done"), cards(talk));
        assertEquals(
                "Both are there.",
                talk.page().select("article.message .text").last().text());
    }

    @Test
    void whatIsAllowedOnAnotherNodeBeginsWhileTheOtherCallRuns() {
        Person elsewhere = Person.known(there.address(), "ada");
        Talk seen = new Talk(elsewhere, twoCalls(15).id());
        allow(seen).expect(204);
        Until.holds("the one that was allowed is done", () -> cards(seen).equals(List.of("running", "done")));
        assertGoesOn(seen);
    }

    /** The calls end while the decision is being saved: nobody has seen it then, and the answer waits. */
    @Test
    void aDecisionThatIsSavedJustBeforeTheAnswerWaitsIsNotLost() {
        Talk talk = twoCalls(4);
        CompletableFuture<Reply> decided;
        try (SlowCommits slow = SlowCommits.of(postgres, "tool_approval", 6)) {
            slow.begin();
            decided = CompletableFuture.supplyAsync(() -> allow(talk));
            slow.await();
        }
        decided.join().expect(204);
        assertGoesOn(talk);
    }
}
