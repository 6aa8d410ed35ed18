package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Guesses what to show of a text whose end is not there yet: marks that are open are closed, and what may still turn
 * out to be a mark is held back. Guesses decide what readers see for a moment, never what is committed.
 */
final class Optimism {

    private static final String MARGIN = "[ \\t>]*(?:(?:[-*+]|\\d{1,9}[.)])[ \\t]+){0,9}";

    /** A line that may become a list item, a heading, an underline, a rule or a link definition. */
    private static final Pattern UNDECIDED = Pattern.compile(
            MARGIN
                    + "(?:[-*+_=~`#|:][-*+_=~`#|: \\t]*+|\\d{1,9}[.)]?[ \\t]*|\\[[ xX]?(?:\\][ \\t]*[*_~`\\[!<&]*)?|\\[[^\\]]*(?:\\](?::.*)?)?)?");

    private static final Pattern CLOSING_FENCE = Pattern.compile(MARGIN + "(?:`*|~*)[ \\t]*");
    private static final Pattern FENCE_MARKS = Pattern.compile("[`~]+");
    private static final Pattern FENCE = Pattern.compile("(?m)^" + MARGIN + "(`{3,}|~{3,})([^\\n]*)$");

    /** What a line begins with, after which inline text begins anew: nothing at all, an item's marker, a heading's mark. */
    private static final Pattern BEGINNING = Pattern.compile("[ \\t>]*(?=\\n|\\z)|" + MARGIN
            + "#{1,6}[ \\t]+|[ \\t>]*(?:[-*+]|\\d{1,9}[.)])[ \\t]+(?:\\[[ xX]][ \\t]+)?");

    private static final Pattern FORMULA = Pattern.compile("(?m)^" + MARGIN + "(\\$\\$|\\\\\\[|\\\\begin\\{)");

    private static final Pattern RULE = Pattern.compile("[|:\\- \\t]*");

    private Optimism() {}

    /** The source to show of open text that stands in a level. */
    static String shown(String text, Level.Kind level) {
        if (level == Level.Kind.INLINES) {
            String shown = shown(Openings.WORD + text, Level.Kind.BLOCKS);
            return shown.substring(Math.min(shown.length(), Openings.WORD.length()));
        }
        int line = text.lastIndexOf('\n') + 1;
        String last = text.substring(line);
        if (level == Level.Kind.LINES) {
            return CLOSING_FENCE.matcher(last).matches() ? text.substring(0, line) : text;
        }
        int fence = openFence(text);
        if (fence >= line) {
            // The language is still arriving.
            return text.substring(0, line);
        }
        if (isFormula(text, fence)) {
            return text.substring(0, text.lastIndexOf('\n', fence) + 1);
        }
        if (fence >= 0) {
            return CLOSING_FENCE.matcher(last).matches() ? text.substring(0, line) : text;
        }
        int formula = openFormula(text);
        if (formula >= 0) {
            return text.substring(0, formula);
        }
        if (UNDECIDED.matcher(last).matches()) {
            int head = loneTableHead(text, line);
            return text.substring(0, head >= 0 ? head : line);
        }
        return level == Level.Kind.ROWS ? row(text, line) : prose(text, line);
    }

    private static boolean isFormula(String text, int fence) {
        if (fence < 0 || text.length() - fence > FormulaLines.LONGEST) {
            return false;
        }
        return FormulaBlock.isMath(FENCE_MARKS
                .matcher(text.substring(fence, text.indexOf('\n', fence)))
                .replaceFirst(""));
    }

    /** Where a fence stands that is open at the end of the text; -1 if none is. */
    private static int openFence(String text) {
        if (!text.contains("```") && !text.contains("~~~")) {
            return -1;
        }
        int open = -1;
        String fence = "";
        Matcher found = FENCE.matcher(text);
        while (found.find()) {
            String marks = found.group(1);
            if (open < 0) {
                boolean inline = marks.charAt(0) == '`' && found.group(2).indexOf('`') >= 0;
                open = inline ? -1 : found.start(1);
                fence = marks;
            } else if (marks.startsWith(fence) && found.group(2).isBlank()) {
                open = -1;
            }
        }
        return open;
    }

    /** Where the line begins whose formula is not complete, or whose end may still make it part of a paragraph. */
    private static int openFormula(String text) {
        if (!FormulaLines.mayBeIn(text)) {
            return -1;
        }
        FormulaLines lines = new FormulaLines(text, false);
        Matcher found = FORMULA.matcher(text);
        for (int from = 0; found.find(from); ) {
            FormulaLines.Beginning beginning = lines.at(found.start(1), 0);
            boolean closed = beginning.ends() == FormulaLines.Ends.CLOSED;
            if (beginning.ends() == FormulaLines.Ends.LATER || (closed && isLastLine(text, beginning.end()))) {
                return found.start();
            }
            from = closed ? beginning.end() : found.end();
        }
        return -1;
    }

    /** Whether nothing but blanks stands after a place, and the line is not complete. */
    private static boolean isLastLine(String text, int from) {
        return text.indexOf('\n', from) < 0 && text.substring(from).isBlank();
    }

    /** Where a line before the last begins that would be a table's head if the last were the rule under it. */
    private static int loneTableHead(String text, int line) {
        if (line == 0) {
            return -1;
        }
        int head = text.lastIndexOf('\n', line - 2) + 1;
        if (!isRow(text, head, line)
                || !RULE.matcher(text.substring(line).strip()).matches()) {
            return -1;
        }
        int before = text.lastIndexOf('\n', head - 2) + 1;
        return head > 0 && isRow(text, before, head) ? -1 : head;
    }

    private static boolean isRow(String text, int from, int to) {
        return text.substring(from, to).strip().startsWith("|");
    }

    private static String row(String text, int line) {
        int cell = text.lastIndexOf('|') + 1;
        return cell <= line
                ? text.substring(0, line)
                : text.substring(0, cell) + OpenInlines.close(text.substring(cell));
    }

    private static String prose(String text, int line) {
        if (isRow(text, line, text.length())) {
            boolean body = line > 0 && isRow(text, text.lastIndexOf('\n', line - 2) + 1, line);
            return body ? row(text, line) : text.substring(0, line);
        }
        int begin = beginning(text);
        String inlines = OpenInlines.close(text.substring(begin));
        // A marker with nothing after it would be text of the paragraph before.
        return inlines.isBlank() && begin > line ? text.substring(0, line) : text.substring(0, begin) + inlines;
    }

    /** Where the inline text begins that is open at the end of the text, found from the end on. */
    private static int beginning(String text) {
        Matcher found = BEGINNING.matcher(text);
        for (int end = text.length(); end > 0; ) {
            int line = text.lastIndexOf('\n', end - 2) + 1;
            if (found.region(line, text.length()).lookingAt()) {
                return found.end();
            }
            end = line;
        }
        return 0;
    }

    /**
     * The content without what the parser adds to a line that is not complete: the line end in code, and the empty cells
     * that fill up a row.
     */
    static List<Html> withoutImplied(List<Html> content) {
        if (content.isEmpty() || !(content.get(content.size() - 1) instanceof Html.Element last)) {
            return withoutLineEnd(content);
        }
        List<Html> children =
                switch (last.tag()) {
                    case "tr" -> withoutEmptyCells(last.children());
                    case "div", "table", "tbody", "ul", "ol", "li", "blockquote", "figure", "pre" ->
                        withoutImplied(last.children());
                    case "code" -> withoutLineEnd(last.children());
                    default -> last.children();
                };
        List<Html> trimmed = new ArrayList<>(content);
        trimmed.set(content.size() - 1, last.with(children));
        return trimmed;
    }

    /** The content without what says that the code at its end is complete. */
    static List<Html> unfinished(List<Html> content) {
        if (content.isEmpty() || !(content.get(content.size() - 1) instanceof Html.Element last)) {
            return content;
        }
        if (last.equals(Renderer.TOOLS)) {
            return content.subList(0, content.size() - 1);
        }
        List<Html> children = unfinished(last.children());
        if (children == last.children()) {
            return content;
        }
        List<Html> trimmed = new ArrayList<>(content);
        trimmed.set(content.size() - 1, last.with(children));
        return trimmed;
    }

    private static List<Html> withoutLineEnd(List<Html> content) {
        if (content.size() == 1
                && content.get(0) instanceof Html.Text text
                && text.text().endsWith("\n")) {
            String line = text.text().substring(0, text.text().length() - 1);
            return line.isEmpty() ? List.of() : List.of(new Html.Text(line));
        }
        return content;
    }

    private static List<Html> withoutEmptyCells(List<Html> cells) {
        int filled = cells.size();
        while (filled > 0
                && cells.get(filled - 1) instanceof Html.Element cell
                && cell.tag().equals("td")
                && cell.children().isEmpty()) {
            filled--;
        }
        return cells.subList(0, filled);
    }
}
