package app.patter.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.fixture.Rounds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A hundred thousand short texts in random pieces: each page is valid and holds nothing that runs, is what was said to
 * be shown, and ends as the whole text. {@code -Dpatter.test.rounds=20} does twenty times as many, {@code
 * -Dpatter.test.seed=5} others.
 */
class ManyTextsTest {

    private static final int CASES = Rounds.of(25_000);
    private static final long SEED = Long.getLong("patter.test.seed", 1);

    private int appends;
    private int resets;

    @Test
    void everyPageOfEveryTextIsValidAndEndsAsTheWholeText() {
        Random seeds = new Random(SEED);
        for (int number = 0; number < CASES; number++) {
            long seed = number == 0 ? SEED : seeds.nextLong();
            Writer writer = new Writer(seed);
            String text = text(writer);
            try {
                follow(text, writer.pieces(text, writer.number(1, 1 + text.length())), writer);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("-Dpatter.test.seed=" + seed + "\n" + text, failure);
            }
        }
        System.out.printf(
                "%d cases, %d appends from seed %d; shown anew at the end %d%n", CASES, appends, SEED, resets);
        assertTrue(resets * 1000L < CASES, resets + " texts were shown anew at the end");
    }

    private static String text(Writer writer) {
        return switch (writer.number(0, 5)) {
            case 0, 1, 2 -> writer.soup(writer.number(1, 6));
            case 3 -> writer.noise(writer.number(1, 40));
            case 4 -> writer.sentence() + "\n\n" + writer.list("", writer.number(1, 3), 1);
            default -> writer.answer(1, true);
        };
    }

    private void follow(String text, List<String> pieces, Writer writer) {
        LiveMarkdown live = new LiveMarkdown("r12-1");
        StrictPage page = new StrictPage("");
        int resume = writer.number(0, 3 * pieces.size());
        StringBuilder so = new StringBuilder();
        for (int piece = 0; piece < pieces.size(); piece++) {
            so.append(pieces.get(piece));
            page.apply(live.append(pieces.get(piece)));
            appends++;
            if (piece == resume) {
                assertEquals(page.html(), live.html());
                live = LiveMarkdown.resumed("r12-1", so.toString());
                assertEquals(page.html(), live.html());
            }
        }
        String operations = live.end();
        if (operations.contains("innerHTML:") && !text.contains("[^")) {
            resets++;
        }
        page.apply(operations);
        assertEquals(Markdown.html(text), page.html());
    }
}
