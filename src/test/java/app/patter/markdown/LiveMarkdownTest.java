package app.patter.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.fixture.Rounds;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * However a text arrives, readers end with what a render of the whole text shows: fewer texts than {@link ManyTextsTest}
 * follows, on a page that is closer to a browser. Longer runs: {@code
 * -Dpatter.test.rounds=20} does twenty times as many cases, {@code -Dpatter.test.seed} repeats a case.
 */
class LiveMarkdownTest {

    private static final int TIMES = Rounds.of(1);
    private static final long SEED = Long.getLong("patter.test.seed", 1);

    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private int cases;
    private int appends;
    private int resets;
    private int takenBack;

    @Test
    void soupOfMarksEndsAsTheWholeTextIsRendered() {
        run("soup", 300, writer -> writer.soup(writer.number(2, 16)));
    }

    @Test
    void noiseEndsAsTheWholeTextIsRendered() {
        run("noise", 150, writer -> writer.noise(writer.number(1, 80)));
    }

    @Test
    void answersEndAsTheWholeTextIsRendered() {
        run("answers", 120, writer -> writer.answer(writer.number(1, 9), true));
    }

    @Test
    void textThatWasShownIsNeverTakenBackInProseListsAndCode() {
        run("prose", 75, writer -> writer.answer(writer.number(1, 9), false));
        assertEquals(0, takenBack);
    }

    @Test
    void textThatWasShownIsHardlyEverTakenBackInTables() {
        run("tables", 75, writer -> writer.paragraph() + "\n\n" + writer.table("", writer.number(1, 20)));
        assertTrue(takenBack * 1000 <= appends * 3, takenBack + " of " + appends);
    }

    @Test
    void longParagraphsEndAsTheWholeTextIsRendered() {
        run("long paragraphs", 20, Writer::longParagraphs);
        assertTrue(resets * 4 <= cases, resets + " of " + cases);
    }

    @Test
    void ofAParagraphThatDoesNotEndOnlyTheLastWordsAreLookedAtAgain() {
        Writer writer = new Writer(SEED);
        LiveMarkdown live = new LiveMarkdown("r12-1");
        ReaderPage page = new ReaderPage("");
        StringBuilder text = new StringBuilder();
        while (text.length() < 50_000) {
            String sentence = "So " + writer.plainWords(12) + ", **" + writer.plainWords(3) + "** and `code`, ";
            text.append(sentence);
            page.apply(live.append(sentence));
            assertTrue(live.uncommitted() < 4_096, () -> live.uncommitted() + " of " + text.length());
        }
        assertEquals(new ReaderPage(Markdown.html(text.toString())).html(), page.html());
    }

    private void run(String kind, int count, Function<Writer, String> write) {
        Random seeds = new Random(SEED);
        for (int number = 0; number < count * TIMES; number++) {
            long seed = number == 0 ? SEED : seeds.nextLong();
            Writer writer = new Writer(seed);
            String text = write.apply(writer);
            try {
                follow(text, writer.pieces(text), seed);
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError(kind + ", -Dpatter.test.seed=" + seed + "\n" + escaped(text), failure);
            }
        }
        System.out.printf(
                "%s: %d cases, %d appends from seed %d; shown anew at the end %d, text taken back %d times%n",
                kind, cases, appends, SEED, resets, takenBack);
    }

    private void follow(String text, List<String> pieces, long seed) {
        int late = new Random(seed).nextInt(pieces.size() + 1);
        LiveMarkdown live = new LiveMarkdown("r12-1");
        ReaderPage page = new ReaderPage("");
        LiveMarkdown resumed = null;
        ReaderPage resumedPage = null;
        ReaderPage joined = null;
        String letters = "";
        int often = 1 + pieces.size() / 50;
        StringBuilder so = new StringBuilder();
        for (int piece = 0; piece < pieces.size(); piece++) {
            if (piece == late) {
                joined = new ReaderPage(live.html());
                resumed = LiveMarkdown.resumed("r12-1", so.toString());
                assertEquals(live.html(), resumed.html(), () -> "resumed after " + escaped(so.toString()));
                resumedPage = new ReaderPage(resumed.html());
            }
            so.append(pieces.get(piece));
            apply(live.append(pieces.get(piece)), page, joined);
            if (resumed != null) {
                apply(resumed.append(pieces.get(piece)), resumedPage);
            }
            appends++;
            if (piece % often == 0) {
                assertEquals(new ReaderPage(live.html()).html(), page.html(), () -> "after " + escaped(so.toString()));
            }
            String before = letters;
            letters = letters(page);
            if (!contains(letters, before)) {
                takenBack++;
                if (Boolean.getBoolean("patter.test.show")) {
                    System.out.println(
                            "BACK " + tail(so.toString()) + "\n<<< " + tail(before) + "\n>>> " + tail(letters));
                }
            }
        }
        String operations = live.end();
        resets += operations.contains("innerHTML:") ? 1 : 0;
        apply(operations, page, joined);
        String whole = new ReaderPage(Markdown.html(text)).html();
        assertEquals(whole, page.html());
        assertEquals(whole, joined == null ? whole : joined.html());
        assertEquals(Markdown.html(text), live.html());
        if (resumed != null) {
            apply(resumed.end(), resumedPage);
            assertEquals(whole, resumedPage == null ? "" : resumedPage.html());
        }
        cases++;
    }

    private static void apply(String operations, ReaderPage... pages) {
        assertTrue(operations.chars().allMatch(c -> c >= ' ' || c == '\t' || c == '\f'), operations);
        for (ReaderPage page : pages) {
            if (page != null) {
                page.apply(operations);
            }
        }
    }

    /** What a reader reads: marks may come and go. */
    private static String letters(ReaderPage page) {
        return NO_LETTERS.matcher(page.text()).replaceAll("");
    }

    /** Whether all characters are there, in order, perhaps with others between them. */
    private static boolean contains(String now, String before) {
        int found = 0;
        for (int at = 0; at < now.length() && found < before.length(); at++) {
            found += now.charAt(at) == before.charAt(found) ? 1 : 0;
        }
        return found == before.length();
    }

    private static String tail(String text) {
        return escaped(text.substring(Math.max(0, text.length() - 150)));
    }

    private static String escaped(String text) {
        return text.replace("\r", "\\r").replace("\t", "\\t").replace("\n", "\\n\n");
    }
}
