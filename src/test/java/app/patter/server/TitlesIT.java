package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of titles, what wants settings of its own; the others are tested on another server. */
class TitlesIT {

    @TempDir
    private Path folder;

    @Test
    void anAgentIsNotAskedForTitlesWhichItWouldTakeForTasks() throws IOException {
        List<String> lines =
                Files.readAllLines(Path.of("src/test/resources/app/patter/provider/agent-sub-agent.jsonl"));
        try (LoopbackModel model = LoopbackModel.start();
                PatterServer server = PatterServer.start(
                        folder,
                        Map.of(
                                "PATTER_MODEL_URL", model.base().toString(),
                                "PATTER_MODEL_API", "agent",
                                "PATTER_MODEL", "coder",
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
}
