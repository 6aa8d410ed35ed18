package app.patter.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/**
 * Pairs the runs of marks among the children of one node, as CommonMark describes it. The parser would do so itself, but
 * it can neither be told about scripts without blanks nor how deep emphasis may get.
 */
final class Emphases {

    /** The kinds of closing runs that share what they have searched in vain. */
    private record Closers(char mark, boolean opens, int rest) {}

    private final List<Run> open = new ArrayList<>();

    /** The number of each open run, and of the first that a closing run of a kind has not searched in vain. */
    private final List<Integer> numbers = new ArrayList<>();

    private final Map<Closers, Integer> searched = new HashMap<>();

    private Emphases() {}

    /** Pairs the runs, and makes text of the marks that are left. */
    static void pair(Node parent) {
        List<Run> runs = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof Run run) {
                runs.add(run);
            }
        }
        Emphases emphases = new Emphases();
        for (int number = 0; number < runs.size(); number++) {
            emphases.take(runs.get(number), number);
        }
        for (Run run : runs) {
            if (run.left > 0) {
                run.insertBefore(new Text(String.valueOf(run.mark).repeat(run.left)));
            }
            run.unlink();
        }
    }

    private void take(Run run, int number) {
        while (run.flanks.closes() && run.left > 0) {
            Run opening = opening(run, number);
            if (opening == null) {
                break;
            }
            int used = opening.left >= 2 && run.left >= 2 ? 2 : 1;
            wrap(opening, run, used);
            opening.left -= used;
            run.left -= used;
            if (opening.left == 0) {
                drop(open.size() - 1);
            }
        }
        if (run.flanks.opens() && run.left > 0) {
            open.add(run);
            numbers.add(number);
        }
    }

    /** The open run that a closing one matches, with those after it dropped; null if there is none. */
    private @Nullable Run opening(Run closing, int number) {
        Closers kind = new Closers(closing.mark, closing.flanks.opens(), closing.length % 3);
        int from = searched.getOrDefault(kind, 0);
        for (int at = open.size() - 1; at >= 0 && numbers.get(at) >= from; at--) {
            if (matches(open.get(at), closing)) {
                drop(at + 1);
                return open.get(at);
            }
        }
        searched.put(kind, number);
        return null;
    }

    private static boolean matches(Run opening, Run closing) {
        if (opening.mark != closing.mark) {
            return false;
        } else if (opening.mark == '~') {
            return true;
        }
        boolean both = opening.flanks.closes() || closing.flanks.opens();
        boolean divisible = opening.length % 3 == 0 && closing.length % 3 == 0;
        return !both || divisible || (opening.length + closing.length) % 3 != 0;
    }

    private void drop(int from) {
        open.subList(from, open.size()).clear();
        numbers.subList(from, numbers.size()).clear();
    }

    private static void wrap(Run opening, Run closing, int used) {
        String marks = String.valueOf(opening.mark).repeat(used);
        Node around = opening.mark == '~'
                ? new Strikethrough(marks)
                : used == 2 ? new StrongEmphasis(marks) : new Emphasis(marks);
        Node next = opening.getNext();
        while (next != null && next != closing) {
            Node child = next;
            next = child.getNext();
            around.appendChild(child);
        }
        opening.insertAfter(around);
    }
}
