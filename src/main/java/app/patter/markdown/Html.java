package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;

/** A node of rendered HTML: a tree, because two trees can be compared and two strings of tags cannot. */
sealed interface Html {

    /** Text as a reader sees it, not escaped. */
    record Text(String text) implements Html {}

    /**
     * An element.
     *
     * @param attributes as they stand in the start tag, escaped, each with a blank before it
     */
    record Element(String tag, String attributes, List<Html> children) implements Html {

        static Element of(String tag, List<Html> children) {
            return new Element(tag, "", children);
        }

        Element with(List<Html> others) {
            return new Element(tag, attributes, others);
        }

        boolean sameTag(Element other) {
            return tag.equals(other.tag) && attributes.equals(other.attributes);
        }

        /** Whether an HTML parser drops it outside a table. */
        boolean isTablePart() {
            return switch (tag) {
                case "thead", "tbody", "tr", "th", "td" -> true;
                default -> false;
            };
        }

        private boolean isVoid() {
            return switch (tag) {
                case "br", "hr", "input" -> true;
                default -> false;
            };
        }

        /** Writes the element, with one more attribute if that is not empty. */
        void write(String attribute, StringBuilder html) {
            html.append('<').append(tag).append(attribute).append(attributes).append('>');
            if (!isVoid()) {
                Html.write(children, html);
                html.append("</").append(tag).append('>');
            }
        }
    }

    /** Adds a node; text after text becomes one node, as a browser's parser would make it. */
    static void add(List<Html> nodes, Html node) {
        int last = nodes.size() - 1;
        if (node instanceof Text more && last >= 0 && nodes.get(last) instanceof Text text) {
            nodes.set(last, new Text(text.text() + more.text()));
        } else if (!(node instanceof Text text && text.text().isEmpty())) {
            nodes.add(node);
        }
    }

    /** The nodes with text after text made one node. */
    static List<Html> joined(List<? extends Html> first, List<? extends Html> second) {
        List<Html> nodes = new ArrayList<>(first.size() + second.size());
        StringBuilder text = new StringBuilder();
        join(first, text, nodes);
        join(second, text, nodes);
        flush(text, nodes);
        return nodes;
    }

    private static void join(List<? extends Html> more, StringBuilder text, List<Html> nodes) {
        for (Html node : more) {
            if (node instanceof Text part) {
                text.append(part.text());
            } else {
                flush(text, nodes);
                nodes.add(node);
            }
        }
    }

    private static void flush(StringBuilder text, List<Html> nodes) {
        if (!text.isEmpty()) {
            nodes.add(new Text(text.toString()));
            text.setLength(0);
        }
    }

    static String write(List<? extends Html> nodes) {
        StringBuilder html = new StringBuilder();
        write(nodes, html);
        return html.toString();
    }

    static void write(List<? extends Html> nodes, StringBuilder html) {
        for (Html node : nodes) {
            if (node instanceof Text text) {
                escape(text.text(), html);
            } else if (node instanceof Element element) {
                element.write("", html);
            }
        }
    }

    /** An attribute with a blank before it. */
    static String attribute(String name, String value) {
        StringBuilder html = new StringBuilder(value.length() + name.length() + 4);
        html.append(' ').append(name).append("=\"");
        escape(value, html);
        return html.append('"').toString();
    }

    /**
     * Escapes text for content and attributes. Line ends become character references: a raw one would end a line of an
     * event stream, and a raw CR is lost in an HTML parser. Control characters, which HTML does not allow, are replaced.
     */
    private static void escape(String text, StringBuilder html) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\n' -> html.append("&#10;");
                case '\r' -> html.append("&#13;");
                default -> html.append(c < ' ' && c != '\t' ? '\uFFFD' : c);
            }
        }
    }
}
