package app.patter.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.fixture.Rounds;
import app.patter.fixture.Seed;
import app.patter.markdown.NaughtyStrings;
import app.patter.markdown.Writer;
import com.microsoft.playwright.Browser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is written, however fast: a real browser ends with exactly what a fresh page shows, and nothing runs. */
@ExtendWith(Browsers.class)
class ManyAnswersIT {

    /** Two cores render this many at once without falling behind; a long run tries what they no longer can. */
    private static final int PAGES = Math.min(13, Rounds.of(3));

    private static final int[] TOKENS_PER_SECOND = {5_000, 1_000, 200, 50};
    private static final int SECONDS = 8;

    @Test
    void longAnswersAreExactAfterReloadsInTheMiddle(Person ada, @Seed Random random) {
        List<ChatPage> pages = new ArrayList<>();
        for (int page = 0; page < PAGES; page++) {
            pages.add(ada.begins(new Browser.NewContextOptions()).choose("openai/as-asked"));
        }
        for (int speed : TOKENS_PER_SECOND) {
            for (ChatPage page : pages) {
                page.ask("Please [" + script(ada, random, speed) + "]");
            }
            for (int reload = 0; reload < PAGES; reload++) {
                ChatPage page = pages.get(random.nextInt(PAGES));
                page.page().reload();
                page.await("text", page::answer, text -> !text.isEmpty());
            }
            for (ChatPage page : pages) {
                page.awaitLong("the end", page::state, "done"::equals);
                page.verify();
            }
        }
    }

    private static String script(Person ada, Random random, int speed) {
        String name = "long-" + Long.toHexString(random.nextLong());
        Writer writer = new Writer(random.nextLong());
        StringBuilder text = new StringBuilder();
        while (text.length() < 4 * Math.min(speed * SECONDS, 3_000)) {
            text.append(writer.answer(1, true));
        }
        List<String> tokens = writer.pieces(text.toString(), 8);
        int together = Math.max(1, speed / 500);
        ada.patter().model().script(name, answer -> {
            answer.stream();
            for (int token = 0; token < tokens.size(); token++) {
                answer.text(tokens.get(token));
                if (token % together == 0) {
                    answer.pause(1_000L * together / speed);
                }
            }
            answer.finish("stop").done();
        });
        return name;
    }

    @Test
    void nothingOfAPublicListOfNaughtyStringsRuns(Person ada, Teller model) {
        List<String> naughty = NaughtyStrings.all();
        ChatPage chat = ada.begins().choose("openai/told");
        List<String> dialogs = new ArrayList<>();
        chat.page().onDialog(dialog -> {
            dialogs.add(dialog.message());
            dialog.dismiss();
        });
        chat.ask("All of them, please.");
        Telling answer = model.asked();
        for (String string : naughty) {
            if (!string.isEmpty()) {
                answer.writes(string).writes("\n\n");
            }
        }
        answer.finishes();
        chat.awaitState("done");
        chat.verify();
        chat.page().reload();
        chat.verify();
        assertTrue(dialogs.isEmpty(), () -> "ran: " + dialogs);
        assertTrue((Boolean) chat.evaluate("() => !document.querySelector('.text :is(script, img, iframe, svg, form,"
                + " style, link, object, embed, video, audio)')"));
    }
}
