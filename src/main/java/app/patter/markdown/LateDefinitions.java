package app.patter.markdown;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The committed blocks of a document that a link definition would change, if it came after them. */
final class LateDefinitions {

    /** A block that looked up labels in vain: its place among the document's elements, and its source. */
    private record Waiting(int index, int from, int to, Set<String> labels) {}

    /** Renders source again, with what is defined by now. */
    interface Source {
        List<Html> render(int from, int to);
    }

    private final List<Waiting> waiting = new ArrayList<>();
    private final Set<String> defined = new HashSet<>();
    private boolean news;

    /** Notes labels that were defined. */
    void define(Set<String> labels) {
        news |= defined.addAll(labels) && !waiting.isEmpty();
    }

    /** Notes a committed block. */
    void wait(int index, int from, int to, Set<String> labels) {
        if (!labels.isEmpty()) {
            waiting.add(new Waiting(index, from, to, Set.copyOf(labels)));
            news |= labels.stream().anyMatch(defined::contains);
        }
    }

    /** Replaces the blocks whose labels are defined by now. */
    void replace(OpenBlocks page, Source source) {
        if (!news) {
            return;
        }
        news = false;
        for (Waiting block : List.copyOf(waiting)) {
            if (block.labels().stream().anyMatch(defined::contains)) {
                replace(block, page, source);
            }
        }
    }

    private void replace(Waiting block, OpenBlocks page, Source source) {
        waiting.remove(block);
        Set<String> missing = new HashSet<>(block.labels());
        missing.removeAll(defined);
        if (!missing.isEmpty()) {
            waiting.add(new Waiting(block.index(), block.from(), block.to(), missing));
        }
        List<Html> rendered = source.render(block.from(), block.to());
        if (rendered.size() == 1 && rendered.get(0) instanceof Html.Element element) {
            page.replace(block.index(), element);
        }
    }
}
