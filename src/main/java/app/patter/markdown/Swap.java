package app.patter.markdown;

import java.util.List;

/**
 * One change of the page, written for htmx's out-of-band swaps.
 *
 * <p>For {@code outerHTML} htmx inserts the element that carries the attribute itself, for {@code beforeend} and
 * {@code innerHTML} only its children. What lies directly in a frame is swapped before what lies in a
 * {@code <template>}, and table parts survive the browser's parser only in a template: so one table part puts all
 * operations of a frame into templates.
 */
sealed interface Swap {

    String selector();

    /** Adds nodes after the last child. */
    record Append(String selector, List<Html> nodes) implements Swap {}

    /** Puts an element in the place of another. */
    record Replace(String selector, Html.Element element) implements Swap {}

    /** Removes an element. */
    record Delete(String selector) implements Swap {}

    /** Puts HTML in the place of all content. */
    record Reset(String selector, String html) implements Swap {}

    /** The operations of a frame, on a single line. */
    static String write(List<Swap> operations) {
        boolean templates = false;
        for (Swap operation : operations) {
            templates |= operation.hasTablePart();
        }
        StringBuilder html = new StringBuilder();
        for (Swap operation : operations) {
            html.append(templates ? "<template>" : "");
            operation.write(html);
            html.append(templates ? "</template>" : "");
        }
        return html.toString();
    }

    private boolean hasTablePart() {
        if (this instanceof Append append) {
            return append.nodes().get(0) instanceof Html.Element element && element.isTablePart();
        }
        return this instanceof Replace replace && replace.element().isTablePart();
    }

    private void write(StringBuilder html) {
        if (this instanceof Append append) {
            String tag = wrapper(append.nodes().get(0));
            html.append('<').append(tag).append(swap("beforeend")).append('>');
            Html.write(append.nodes(), html);
            html.append("</").append(tag).append('>');
        } else if (this instanceof Replace replace) {
            replace.element().write(swap("outerHTML"), html);
        } else if (this instanceof Delete) {
            html.append("<i").append(swap("delete")).append("></i>");
        } else if (this instanceof Reset reset) {
            html.append("<i")
                    .append(swap("innerHTML"))
                    .append('>')
                    .append(reset.html())
                    .append("</i>");
        }
    }

    private static String wrapper(Html first) {
        if (first instanceof Html.Element element) {
            return switch (element.tag()) {
                case "td", "th" -> "tr";
                case "tr" -> "tbody";
                case "tbody", "thead" -> "table";
                default -> "i";
            };
        }
        return "i";
    }

    private String swap(String style) {
        return " hx-swap-oob=\"" + style + ":" + selector() + "\"";
    }
}
