package app.patter.markdown;

import org.commonmark.node.Node;

/** Renders a text that is complete. */
public final class Markdown {

    private Markdown() {}

    /**
     * The text as safe HTML on a single line: line ends in text are character references, and there are no others. HTML
     * in the text is shown as text; links lead to http, https and mail addresses only; pictures are links. Code is a
     * {@code figure.code} with its language as caption, and a last child {@code div.tools} for the page's script, which
     * a growing text gets when the code is complete.
     */
    public static String html(String text) {
        return clean(CleanText.of(text));
    }

    static String clean(String text) {
        Node document = Grammar.whole().parse(text, true);
        Footnotes.place(document);
        return Html.write(Renderer.blocks(document));
    }
}
