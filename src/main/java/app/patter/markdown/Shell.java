package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;

/**
 * An element without its growing content.
 *
 * @param depth how many elements the content is in, counted along the last children: 1 for a list, 3 for the rows of
 *     {@code <div><table><tbody>}, 0 if nothing grows in it
 * @param path finds the content's element from the element, as a selector; short, for it goes over the wire each time
 * @param end what the element gets as last children when its content is complete
 */
record Shell(Html.Element element, int depth, String path, List<Html> end) {

    static Shell of(Html.Element element) {
        return new Shell(element, 1, "", List.of());
    }

    /** The element while its content grows. */
    Html.Element around(List<Html> content) {
        return fill(element, depth, content);
    }

    /** The element when its content is complete. */
    Html.Element complete(List<Html> content) {
        Html.Element open = around(content);
        return end.isEmpty() ? open : open.with(Html.joined(open.children(), end));
    }

    private static Html.Element fill(Html.Element element, int depth, List<Html> content) {
        if (depth == 0) {
            return element;
        }
        if (depth == 1) {
            return element.with(content);
        }
        List<Html> children = new ArrayList<>(element.children());
        int last = children.size() - 1;
        if (children.get(last) instanceof Html.Element inner) {
            children.set(last, fill(inner, depth - 1, content));
        }
        return element.with(children);
    }
}
