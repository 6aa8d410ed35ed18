package app.patter.markdown;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.ext.footnotes.FootnoteDefinition;
import org.commonmark.ext.footnotes.FootnoteReference;
import org.commonmark.node.CustomBlock;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the footnotes of a whole text in the order of their references and puts them at its end; those that nothing
 * refers to come last. A part of a text cannot know the numbers: it shows references as they are written, and no notes.
 */
final class Footnotes {

    /** A reference with its number. */
    static final class Reference extends CustomNode {

        private final int number;

        private Reference(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /** The notes, in the order of their numbers, at the end of a document. */
    static final class Notes extends CustomBlock {}

    private final Map<String, FootnoteDefinition> unused = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<FootnoteDefinition> used = new ArrayList<>();

    private Footnotes() {}

    /** Changes a parsed document. */
    static void place(Node document) {
        new Footnotes().move(document);
    }

    private void move(Node document) {
        for (Node node = document.getFirstChild(); node != null; node = following(node, document)) {
            if (node instanceof FootnoteDefinition note) {
                unused.putIfAbsent(Definitions.normalised(note.getLabel()), note);
            }
        }
        if (unused.isEmpty()) {
            return;
        }
        List<FootnoteDefinition> all = List.copyOf(unused.values());
        all.forEach(Node::unlink);
        number(document);
        for (int note = 0; note < used.size(); note++) {
            number(used.get(note));
        }
        for (FootnoteDefinition note : all) {
            if (!used.contains(note)) {
                used.add(note);
                number(note);
            }
        }
        Notes notes = new Notes();
        used.forEach(notes::appendChild);
        document.appendChild(notes);
    }

    private void number(Node top) {
        Node node = top.getFirstChild();
        while (node != null) {
            Node next = following(node, top);
            if (node instanceof FootnoteReference reference) {
                node.insertBefore(new Reference(number(Definitions.normalised(reference.getLabel()))));
                node.unlink();
            }
            node = next;
        }
    }

    private int number(String label) {
        FootnoteDefinition note = unused.remove(label);
        if (note != null) {
            used.add(note);
            numbers.put(label, used.size());
        }
        return numbers.getOrDefault(label, 0);
    }

    /** The next node in the order of the text, without recursion. */
    private static @Nullable Node following(Node node, Node top) {
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
