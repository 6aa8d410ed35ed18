package app.patter.provider.demo;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text to search in, split into sentences.
 *
 * @param source how a quote from it is labelled, such as {@code the text you pasted in message 2}
 * @param pasted whether a person pasted it, instead of its being Patter's documentation
 * @param sentences in order
 */
record SourceText(String source, boolean pasted, List<Sentence> sentences) {

    /**
     * A sentence, a list item, a row of a table, or a block of code.
     *
     * @param text as it was written, without line breaks unless it is code, and without the bars of a table
     * @param section the heading above it, or an empty text
     * @param paragraph number of the paragraph that it stands in; context never crosses paragraphs of other sections
     * @param code whether it is a block of code, to be quoted as such
     */
    record Sentence(String text, String section, int paragraph, boolean code) {}

    private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.+?)\\s*#*$");
    private static final Pattern ITEM = Pattern.compile("^\\s*(?:[-*+•]|\\d{1,3}[.)])\\s+.*");
    private static final Pattern RULE = Pattern.compile("^[\\s|:=_*-]+$");
    private static final Pattern ABBREVIATION = Pattern.compile(
            "(?:^|.*[\\s(])(?:\\p{L}|[Dd]r|[Mm]rs?|[Mm]s|[Pp]rof|[Ss]t|[Nn]r|[Nn]o|vs|etc|approx|ca|bzw|vgl|[Ss]og|[Aa]bs|[Aa]rt"
                    + "|e\\.g|i\\.e|z\\.\\s?B|d\\.\\s?h|u\\.\\s?a)\\.\\s*$");
    /** What stands between the cells of a table. */
    private static final Pattern BARS = Pattern.compile("\\s*(?<!\\\\)\\|\\s*");

    /** The number of a list's item. */
    private static final Pattern NUMBER = Pattern.compile("^\\s*\\d{1,3}[.)]\\s*$");

    /** Lines. */
    private static final int LONGEST_CODE = 15;

    /** Characters. */
    private static final int LONGEST_LINE = 2_000;

    /** Characters, with the blank before it and those behind. */
    private static final int LONGEST_ABBREVIATION = 40;

    /** Splits Markdown or plain text. */
    static SourceText of(String source, boolean pasted, String text) {
        return new SourceText(source, pasted, new Splitter().split(text));
    }

    private static final class Splitter {
        private final List<Sentence> sentences = new ArrayList<>();
        private final StringBuilder paragraph = new StringBuilder();
        private final List<String> code = new ArrayList<>();
        private String section = "";
        private int number;
        private boolean fenced;

        List<Sentence> split(String text) {
            text.lines().flatMap(SourceText::parts).forEach(this::line);
            endCode();
            endParagraph();
            return List.copyOf(sentences);
        }

        private void line(String line) {
            String stripped = line.strip();
            if (stripped.startsWith("```") || stripped.startsWith("~~~")) {
                endParagraph();
                endCode();
                fenced = !fenced;
            } else if (fenced) {
                code.add(line);
                if (code.size() >= LONGEST_CODE) {
                    endCode();
                }
            } else if (stripped.isEmpty() || RULE.matcher(stripped).matches()) {
                endParagraph();
            } else {
                prose(line, stripped);
            }
        }

        private void prose(String line, String stripped) {
            var heading = HEADING.matcher(stripped);
            if (heading.matches()) {
                endParagraph();
                section = heading.group(1).replaceAll("[*_`]", "");
                return;
            }
            boolean row = stripped.startsWith("|");
            if (row || ITEM.matcher(line).matches()) {
                endParagraph();
            }
            if (!paragraph.isEmpty()) {
                paragraph.append(' ');
            }
            paragraph.append(row ? cells(stripped) : stripped);
            if (row) {
                endParagraph();
            }
        }

        /** A row of a table in one line that can be read outside of the table. */
        private static String cells(String row) {
            return BARS.matcher(row.replaceAll("^\\|\\s*|\\s*\\|$", "")).replaceAll(" · ");
        }

        private void endParagraph() {
            if (paragraph.isEmpty()) {
                return;
            }
            number++;
            String text = paragraph.toString();
            paragraph.setLength(0);
            for (String sentence : sentencesOf(text)) {
                sentences.add(new Sentence(sentence, section, number, false));
            }
        }

        private void endCode() {
            if (!code.isEmpty()) {
                number++;
                sentences.add(new Sentence(String.join("\n", code), section, number, true));
                code.clear();
            }
        }
    }

    /** A line in parts, so that looking at one takes the same time at most, whatever somebody pastes. */
    private static Stream<String> parts(String line) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (line.length() - start > LONGEST_LINE) {
            int end = start + LONGEST_LINE;
            int blank = line.lastIndexOf(' ', end);
            if (blank > start) {
                end = blank;
            } else if (Character.isHighSurrogate(line.charAt(end - 1))) {
                end--;
            }
            parts.add(line.substring(start, end));
            start = end;
        }
        parts.add(line.substring(start));
        return parts.stream();
    }

    /** The sentences of running text; abbreviations do not end one. */
    static List<String> sentencesOf(String text) {
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text);
        List<String> sentences = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            open.append(text, start, end);
            start = end;
            if (end == text.length() || endsSentence(open)) {
                String sentence = open.toString().strip();
                if (!sentence.isEmpty()) {
                    sentences.add(sentence);
                }
                open.setLength(0);
            }
        }
        return sentences;
    }

    /** Stricter than the break iterator, which also ends one after {@code Dr.}, {@code 2.} and inside {@code /?a=b}. */
    private static boolean endsSentence(CharSequence open) {
        char last = open.charAt(open.length() - 1);
        boolean apart = Character.isWhitespace(last) || "。！？｡".indexOf(last) >= 0;
        CharSequence end = open.subSequence(Math.max(0, open.length() - LONGEST_ABBREVIATION), open.length());
        return apart
                && !ABBREVIATION.matcher(end).matches()
                && !NUMBER.matcher(open).matches();
    }
}
