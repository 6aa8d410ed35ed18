package app.patter.markdown;

import java.util.ArrayList;
import java.util.HashMap;
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
 * refers to come last, and a second one with the same label is another. A part of a text cannot know the numbers: it shows references as they are written, and no notes.
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

    private final Map<String, List<FootnoteDefinition>> byLabel = new HashMap<>();

    /** How many nodes stand before a note or a reference to one. */
    private final Map<Node, Integer> places = new HashMap<>();

    private final Map<FootnoteDefinition, Integer> numbers = new HashMap<>();
    private final List<FootnoteDefinition> numbered = new ArrayList<>();

    private Footnotes() {}

    /** Changes a parsed document. */
    static void place(Node document) {
        new Footnotes().move(document);
    }

    private void move(Node document) {
        List<FootnoteDefinition> all = new ArrayList<>();
        int place = 0;
        for (Node node = document.getFirstChild(); node != null; node = Inlines.following(node, document)) {
            place++;
            if (node instanceof FootnoteDefinition note) {
                all.add(note);
                byLabel.computeIfAbsent(Definitions.normalised(note.getLabel()), label -> new ArrayList<>())
                        .add(note);
                places.put(note, place);
            } else if (node instanceof FootnoteReference) {
                places.put(node, place);
            }
        }
        if (all.isEmpty()) {
            return;
        }
        all.forEach(Node::unlink);
        number(document);
        for (int note = 0; note < numbered.size(); note++) {
            number(numbered.get(note));
        }
        for (FootnoteDefinition note : all) {
            if (!numbers.containsKey(note)) {
                numbered(note);
                number(note);
            }
        }
        Notes notes = new Notes();
        numbered.forEach(notes::appendChild);
        document.appendChild(notes);
    }

    private void number(Node top) {
        Node node = top.getFirstChild();
        while (node != null) {
            Node next = Inlines.following(node, top);
            if (node instanceof FootnoteReference reference) {
                FootnoteDefinition note = note(reference);
                if (note != null) {
                    node.insertBefore(new Reference(numbered(note)));
                    node.unlink();
                }
            }
            node = next;
        }
    }

    /** Of several notes with one label the next after the reference; models that count anew in each section mean that. */
    private @Nullable FootnoteDefinition note(FootnoteReference reference) {
        int place = places.getOrDefault(reference, 0);
        FootnoteDefinition found = null;
        for (FootnoteDefinition note : byLabel.getOrDefault(Definitions.normalised(reference.getLabel()), List.of())) {
            found = note;
            if (places.getOrDefault(note, 0) > place) {
                break;
            }
        }
        return found;
    }

    private int numbered(FootnoteDefinition note) {
        return numbers.computeIfAbsent(note, unnumbered -> {
            numbered.add(unnumbered);
            return numbered.size();
        });
    }
}
