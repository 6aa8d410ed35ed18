package app.patter.markdown;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.parser.InlineParserContext;
import org.commonmark.parser.beta.LinkInfo;
import org.commonmark.parser.beta.LinkProcessor;
import org.commonmark.parser.beta.LinkResult;
import org.commonmark.parser.beta.Scanner;
import org.jspecify.annotations.Nullable;

/**
 * The link definitions of the text that is committed, for the text that is not: as in one document, the first
 * definition of a label wins. Labels that nothing defines yet are noted, because a later definition changes what was
 * rendered with them.
 */
final class Definitions implements LinkProcessor {

    /** CommonMark's limit for labels. */
    private static final int LONGEST = 999;

    private static final Pattern BLANKS = Pattern.compile("[ \\t\\r\\n]+");

    private final Map<String, LinkReferenceDefinition> byLabel = new HashMap<>();
    private Set<String> missing = new HashSet<>();

    /** Remembers what a committed block and its descendants define. */
    void collect(Node block, Set<String> added) {
        if (block instanceof LinkReferenceDefinition definition) {
            String label = normalised(definition.getLabel());
            if (byLabel.putIfAbsent(label, definition) == null) {
                added.add(label);
            }
        }
        for (Node child = block.getFirstChild(); child != null; child = child.getNext()) {
            if (child instanceof org.commonmark.node.Block) {
                collect(child, added);
            }
        }
    }

    /** The labels that were looked up in vain since the last call. */
    Set<String> takeMissing() {
        Set<String> taken = missing;
        missing = new HashSet<>();
        return taken;
    }

    @Override
    public @Nullable LinkResult process(LinkInfo link, Scanner scanner, InlineParserContext context) {
        if (link.destination() != null) {
            return LinkResult.none();
        }
        String label = link.label();
        label = label == null || label.isEmpty() ? link.text() : label;
        if (label == null || label.length() > LONGEST) {
            return LinkResult.none();
        }
        label = normalised(label);
        LinkReferenceDefinition definition = byLabel.get(label);
        if (definition == null) {
            missing.add(label);
            return LinkResult.none();
        }
        if (link.marker() != null && link.marker().getLiteral().equals("!")) {
            Image image = new Image(definition.getDestination(), definition.getTitle());
            return LinkResult.wrapTextIn(image, scanner.position()).includeMarker();
        }
        Link node = new Link(definition.getDestination(), definition.getTitle());
        return LinkResult.wrapTextIn(node, scanner.position());
    }

    /** As CommonMark compares labels: without regard to case (both ways, because of ß) and to the amount of blanks. */
    static String normalised(String label) {
        String folded = label.trim().toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
        return BLANKS.matcher(folded).replaceAll(" ");
    }
}
