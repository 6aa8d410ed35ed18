package app.patter.markdown;

/**
 * Text shown as it is: escaped, with its line breaks kept by the style sheet. The HTML of a longer text is the HTML of
 * its beginning followed by the HTML of the rest, so what was sent never changes.
 */
public final class PlainText {

    private PlainText() {}

    /**
     * The text as HTML on a single line: line ends are written as character references, because a raw one would end a
     * line of an event stream, and a raw CR is lost in an HTML parser.
     */
    public static String html(String text) {
        StringBuilder html = new StringBuilder(text.length() + text.length() / 8);
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n' -> html.append("&#10;");
                case '\r' -> html.append("&#13;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}
