package app.patter.provider.demo;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Splits text into the terms that are compared in a search: runs of letters and digits of any script, in lower case,
 * without accents, without their commonest endings. Scripts that put no blanks between words yield pairs of characters.
 * Pure.
 */
final class Tokenizer {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private static final Pattern HIRAGANA = Pattern.compile("\\p{IsHiragana}+");

    private static final Set<String> STOP =
            Set.copyOf(List.of(("a an and are as at be by can could did do does for from had has have"
                            + " how i if in into is it its me my no not of on or our please should so some tell that the their"
                            + " them then there these they this those to was we were what when where which who whom whose why"
                            + " will with would you your about say says said explain describe find show give mean means any"
                            + " aber als am an auf aus bei bin bis bitte da das dass dem den denn der des die doch du durch ein"
                            + " eine einem einen einer eines er es fuer für hat habe haben ich ihr im in ist ja kann kein keine"
                            + " man mein mir mit nach nicht noch nur ob oder sagt sich sie sind so soll um und uns von vom war"
                            + " warum was wenn wer werden wie wieso will wir wird wo woher zu zum zur über ueber steht gibt happen happens happened passiert")
                    .split(" ")));

    private static final List<String> ENDINGS =
            List.of("ungen", "ings", "ung", "ing", "ies", "ed", "es", "en", "er", "em", "e", "s", "n", "y");

    private Tokenizer() {}

    /** The terms of a text in order, with the words that say nothing. */
    static List<String> all(String text) {
        List<String> terms = new ArrayList<>();
        collect(text, false, terms);
        return terms;
    }

    /** The terms of a question that say something, each once. */
    static List<String> telling(String question) {
        List<String> terms = new ArrayList<>();
        collect(question, true, terms);
        return terms.stream().distinct().toList();
    }

    /** The words of a question that say something, as they were written. */
    static List<String> tellingAsWritten(String question) {
        return NO_WORD.splitAsStream(question)
                .filter(word -> !word.isEmpty() && !STOP.contains(word.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
    }

    private static void collect(String text, boolean tellingOnly, List<String> terms) {
        String lower = text.toLowerCase(Locale.ROOT);
        int length = lower.length();
        for (int start = 0; start < length; ) {
            int end = start;
            while (end < length && isWord(lower.codePointAt(end))) {
                end += Character.charCount(lower.codePointAt(end));
            }
            if (end > start) {
                String word = lower.substring(start, end);
                if (!tellingOnly || !STOP.contains(word)) {
                    add(word, terms);
                }
                start = end;
            } else {
                start += Character.charCount(lower.codePointAt(start));
            }
        }
    }

    private static boolean isWord(int c) {
        return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    private static void add(String word, List<String> terms) {
        if (!isUnspaced(word.codePointAt(0))) {
            terms.add(stem(withoutAccents(word)));
            return;
        }
        // In Japanese, what stands in Hiragana between other characters is mostly grammar.
        List<String> segments =
                HIRAGANA.splitAsStream(word).filter(run -> !run.isEmpty()).toList();
        (segments.isEmpty() ? List.of(word) : segments).forEach(run -> addPairs(run, terms));
    }

    private static void addPairs(String run, List<String> terms) {
        int[] characters = run.codePoints().toArray();
        for (int i = 0; i < Math.max(1, characters.length - 1); i++) {
            terms.add(new String(characters, i, Math.min(2, characters.length - i)));
        }
    }

    private static boolean isUnspaced(int c) {
        return switch (UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    private static String withoutAccents(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 128) {
                return Normalizer.normalize(word, Normalizer.Form.NFD).replaceAll("\\p{Mn}+", "");
            }
        }
        return word;
    }

    /** Crude on purpose: both sides of a comparison are treated alike, so only what becomes equal matters. */
    private static String stem(String word) {
        for (String ending : ENDINGS) {
            if (word.length() - ending.length() >= 3 && word.endsWith(ending)) {
                return word.substring(0, word.length() - ending.length());
            }
        }
        return word;
    }
}
