package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;

/**
 * The operations that turn one content of an element into another, as few and small as growing text allows: appends at
 * every open level of the rightmost path, and where that is impossible the last child in place of another.
 */
final class Difference {

    private final String selector;
    private final List<Swap> operations = new ArrayList<>();

    private Difference(String selector) {
        this.selector = selector;
    }

    /**
     * Adds the operations.
     *
     * @param selector finds the element whose content changes; what it holds before {@code old} stays
     * @return false if no operation can do it (text that is not in an element of its own cannot be removed)
     */
    static boolean add(String selector, List<Html> old, List<Html> now, List<Swap> to) {
        Difference difference = new Difference(selector);
        if (!difference.turn(old, now)) {
            return false;
        }
        to.addAll(difference.operations);
        return true;
    }

    private boolean turn(List<Html> old, List<Html> now) {
        int same = 0;
        while (same < old.size() && same < now.size() && old.get(same).equals(now.get(same))) {
            same++;
        }
        if (same == old.size()) {
            return append(now, same);
        }
        for (int at = old.size() - 1; at > same; at--) {
            if (!delete(old.get(at))) {
                return false;
            }
        }
        if (same == now.size()) {
            return delete(old.get(same));
        }
        return change(old.get(same), now.get(same)) ? append(now, same + 1) : rebuild(old.get(same), now, same);
    }

    private boolean append(List<Html> now, int from) {
        if (from == now.size()) {
            return true;
        }
        List<Html> added = now.subList(from, now.size());
        int last = operations.size() - 1;
        if (last >= 0
                && operations.get(last) instanceof Swap.Append before
                && before.selector().equals(selector)) {
            operations.set(last, new Swap.Append(selector, Html.joined(before.nodes(), added)));
        } else {
            operations.add(new Swap.Append(selector, added));
        }
        return true;
    }

    private boolean delete(Html node) {
        operations.add(new Swap.Delete(last()));
        return node instanceof Html.Element;
    }

    /** Changes the last child in its place. */
    private boolean change(Html old, Html now) {
        if (old instanceof Html.Text before && now instanceof Html.Text after) {
            return after.text().startsWith(before.text())
                    && append(
                            List.of(new Html.Text(
                                    after.text().substring(before.text().length()))),
                            0);
        }
        if (old instanceof Html.Element before && now instanceof Html.Element after) {
            boolean grown = before.sameTag(after) && add(last(), before.children(), after.children(), operations);
            return grown || operations.add(new Swap.Replace(last(), after));
        }
        return false;
    }

    private boolean rebuild(Html old, List<Html> now, int from) {
        return delete(old) && append(now, from);
    }

    private String last() {
        return selector + ">:last-child";
    }
}
