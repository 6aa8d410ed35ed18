package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.upstream.LoopbackModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A conversation gets a title after its first answer, and keeps its first words when that fails. */
@ExtendWith(SharedPatter.class)
class TitlesIT {

    private static final String MODEL = "openai/words-3-at-100";

    @TempDir
    private Path folder;

    @Test
    void aModelNamesAConversationOnceAndSilently() throws IOException {
        try (LoopbackModel model = LoopbackModel.start();
                PatterServer server = PatterServer.start(
                        folder,
                        Map.of(
                                "PATTER_OPENAI_URL", model.base().toString(),
                                "PATTER_OPENAI_MODEL", "words-3-at-100",
                                "PATTER_TITLES", "openai/titler"))) {
            model.script("titler", answer -> answer.stream()
                    .text("**Zählen")
                    .text(" bis drei.**")
                    .finish("stop")
                    .done());
            Person ada = Person.first(server.address(), "ada");
            Talk talk = ada.begin("Zähle bitte bis drei, und zwar langsam", MODEL);
            Until.holds("the title", () -> title(talk).equals("Zählen bis drei"));
            assertEquals("word1 word2 word3", talk.shown().text(2));
            assertEquals(
                    "Zählen bis drei",
                    ada.get("/").expect(200).html().expectFirst(".list a").text());
            List<LoopbackModel.Request> asked = titles(model);
            assertEquals(1, asked.size());
            assertTrue(
                    asked.get(0).body().contains("Zähle bitte bis drei"),
                    asked.get(0).body());
            assertTrue(
                    asked.get(0).body().contains("word1 word2 word3"),
                    asked.get(0).body());

            talk.send("Noch einmal!", MODEL).expect(204);
            Until.holds(
                    "the second answer",
                    () -> talk.shown().states().getOrDefault(4L, "").equals("done"));
            model.script("titler", answer -> answer.status(500, "{\"error\":{\"message\":\"no titles today\"}}"));
            Talk other = ada.begin("Another one", MODEL);
            Until.holds("it is asked for a title", () -> titles(model).size() == 2);
            assertEquals("Another one", title(other));
            assertEquals("Zählen bis drei", title(talk), "the second answer changes nothing");
            assertFalse(other.page().text().contains("no titles today"));
        }
    }

    @Test
    void anAgentIsNotAskedForTitlesWhichItWouldTakeForTasks() throws IOException {
        List<String> lines =
                Files.readAllLines(Path.of("src/test/resources/app/patter/upstream/agent-sub-agent.jsonl"));
        try (LoopbackModel model = LoopbackModel.start();
                PatterServer server = PatterServer.start(
                        folder,
                        Map.of(
                                "PATTER_OPENAI_URL", model.base().toString(),
                                "PATTER_OPENAI_DIALECT", "agent",
                                "PATTER_OPENAI_MODEL", "coder",
                                "PATTER_TITLES", "same"))) {
            model.path("/v1/messages", answer -> {
                answer.lines();
                for (String line : lines) {
                    answer.piece(line + "\n");
                }
                answer.end();
            });
            Person ada = Person.first(server.address(), "ada");
            for (String question : List.of("Count the files", "Count them again")) {
                Talk talk = ada.begin(question, "openai/coder");
                Until.holds(
                        "the answer",
                        () -> talk.shown().states().getOrDefault(2L, "").equals("done"));
            }
            assertEquals(
                    List.of(),
                    model.requests().stream()
                            .map(LoopbackModel.Request::body)
                            .filter(body -> body.contains("Write a title"))
                            .toList());
        }
    }

    private static String title(Talk talk) {
        return talk.page().expectFirst("#title").text();
    }

    private static List<LoopbackModel.Request> titles(LoopbackModel model) {
        return model.requests().stream()
                .filter(request -> request.model().equals("titler"))
                .toList();
    }
}
