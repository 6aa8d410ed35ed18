package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;

/** Divides a row of a table. */
final class Cells {

    private final String row;

    /** Whether pipes divide neither code nor formulas. */
    private final boolean closed;

    private Cells(String row, boolean closed) {
        this.row = row;
        this.closed = closed;
    }

    /**
     * The source of each cell. A pipe divides code and formulas too, unless there would be too many cells then: a row of
     * single backticks is as good as one with code.
     */
    static List<String> of(String line, int columns) {
        String row = line.strip();
        row = row.startsWith("|") ? row.substring(1) : row;
        List<String> cells = new Cells(row, false).divide();
        return cells.size() > columns ? new Cells(row, true).divide() : cells;
    }

    private List<String> divide() {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        Formulas formulas = new Formulas(row);
        for (int at = 0; at < row.length(); at++) {
            int end = closed ? endOfWhole(formulas, at) : at;
            char c = row.charAt(at);
            if (end > at) {
                cell.append(row.substring(at, end).replace("\\|", "|"));
                at = end - 1;
            } else if (row.startsWith("\\|", at)) {
                // In code, where nothing else could take it away, the backslash would stay.
                cell.append('|');
                at++;
            } else if (c == '\\' && at + 1 < row.length()) {
                cell.append(c).append(row.charAt(++at));
            } else if (c == '|') {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (!cell.isEmpty()) {
            cells.add(cell.toString());
        }
        return cells;
    }

    /** The end of the code or the formula that begins at a place; the place itself if none does. */
    private int endOfWhole(Formulas formulas, int at) {
        char c = row.charAt(at);
        if (c == '$' || c == '\\') {
            Formulas.Place formula = formulas.at(at);
            return formula == null ? at : formula.end();
        }
        return c == '`' ? endOfCode(at) : at;
    }

    private int endOfCode(int at) {
        int from = endOfRun(at);
        for (int next = row.indexOf('`', from); next >= 0; next = row.indexOf('`', endOfRun(next))) {
            if (endOfRun(next) - next == from - at) {
                return endOfRun(next);
            }
        }
        return from;
    }

    private int endOfRun(int at) {
        int end = at;
        while (end < row.length() && row.charAt(end) == '`') {
            end++;
        }
        return end;
    }
}
