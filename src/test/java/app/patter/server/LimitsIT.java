package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one account may take of a node. */
class LimitsIT {

    @Test
    void anAnswerTooManyIsRefusedWithItsTextKeptAndBegunLater(@TempDir Path folder) throws IOException {
        try (ChosenDatabase database = ChosenDatabase.in(folder);
                LoopbackModel model = LoopbackModel.start();
                PatterServer server = PatterServer.start(
                        folder,
                        database.settings(Map.of(
                                "PATTER_MODEL_URL", model.base().toString(),
                                "PATTER_MODEL", "as-asked",
                                "PATTER_ANSWERS_PER_ACCOUNT", "2",
                                "PATTER_MESSAGES_PER_MINUTE", "4")))) {
            Person ada = Person.first(server.address(), "ada");
            Person grace = ada.invite("grace");
            Dictation first = Dictation.at(model).begin().text("One ");
            Dictation second = Dictation.at(model).begin().text("Two ");
            begins(ada, first.prompt()).expect(303);
            begins(ada, second.prompt()).expect(303);
            Reply refused = begins(ada, "a third one");
            assertEquals(429, refused.status());
            assertTrue(refused.html().text().contains("at once"), refused.text());
            assertTrue(refused.text().contains("a third one"), "the text is kept");
            Dictation hers = Dictation.at(model).begin().text("Hers ");
            begins(grace, hers.prompt()).expect(303);

            first.finish();
            Until.holds("the place is free", () -> begins(ada, "again").status() == 303);
            second.finish();
            hers.finish();
            Until.holds("both places are free", () -> {
                Reply reply = begins(ada, "and again");
                return reply.status() == 429 && reply.html().text().contains("in a minute");
            });
        }
    }

    private static Reply begins(Person person, String text) {
        return new Talk(person, UUID.randomUUID()).begin(text, SharedPatter.AS_ASKED);
    }
}
