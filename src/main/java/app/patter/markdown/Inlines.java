package app.patter.markdown;

import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.PostProcessor;
import org.jspecify.annotations.Nullable;

/** Finishes what the parser has made of lines: emphasis, tags, text in one piece, bare links. */
final class Inlines implements PostProcessor {

    @Override
    public Node process(Node document) {
        for (Node node = document; node != null; node = following(node, document)) {
            if (node.getFirstChild() != null && !(node.getFirstChild() instanceof org.commonmark.node.Block)) {
                Emphases.pair(node);
                Tags.pair(node);
                merge(node);
                link(node);
            }
        }
        return document;
    }

    private static void merge(Node parent) {
        Node next;
        for (Node child = parent.getFirstChild(); child != null; child = next) {
            next = child.getNext();
            if (child instanceof Text first && next instanceof Text) {
                StringBuilder literal = new StringBuilder(first.getLiteral());
                while (next instanceof Text more) {
                    literal.append(more.getLiteral());
                    next = more.getNext();
                    more.unlink();
                }
                first.setLiteral(literal.toString());
            }
        }
    }

    private static void link(Node parent) {
        Node next;
        for (Node child = parent.getFirstChild(); child != null; child = next) {
            next = child.getNext();
            if (child instanceof Text text) {
                BareLinks.find(text);
            }
        }
    }

    /** The next node below a top in the order of the text, without recursion; null after the last. */
    static @Nullable Node following(Node node, Node top) {
        if (node.getFirstChild() != null) {
            return node.getFirstChild();
        }
        Node last = node;
        while (last != top && last.getNext() == null) {
            last = last.getParent();
        }
        return last == top ? null : last.getNext();
    }
}
