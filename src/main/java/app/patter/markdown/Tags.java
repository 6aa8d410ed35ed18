package app.patter.markdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.CustomNode;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Scanner;
import org.jspecify.annotations.Nullable;

/**
 * The few HTML tags in a line that mean something: a line break, raised and lowered text, keys. They count only in pairs,
 * and nothing of them is kept but the name; all others are text.
 */
final class Tags {

    /** Text between two tags. */
    static final class Tagged extends CustomNode {

        private final String name;

        private Tagged(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }
    }

    /** Takes what could begin a comment or a declaration as text, so that it hides nothing behind it. */
    static final InlineContentParserFactory FACTORY = new InlineContentParserFactory() {
        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('<');
        }

        @Override
        public InlineContentParser create() {
            return state -> unless(state.scanner());
        }
    };

    private static final Pattern TAG =
            Pattern.compile("<(/?)(br|sub|sup|kbd)(?:[\\s/][^>]*)?>", Pattern.CASE_INSENSITIVE);

    private final List<HtmlInline> open = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> count = new HashMap<>();

    private Tags() {}

    private static @Nullable ParsedInline unless(Scanner scanner) {
        scanner.next();
        boolean hides = scanner.peek() == '!' || scanner.peek() == '?';
        return hides ? ParsedInline.of(new Text("<"), scanner.position()) : ParsedInline.none();
    }

    /** Puts what the tags mean in their place, among the children of one node. */
    static void pair(Node parent) {
        Tags tags = new Tags();
        Node next;
        for (Node child = parent.getFirstChild(); child != null; child = next) {
            next = child.getNext();
            if (child instanceof HtmlInline html) {
                tags.take(html);
            }
        }
    }

    private void take(HtmlInline html) {
        Matcher tag = TAG.matcher(html.getLiteral());
        if (!tag.matches()) {
            return;
        }
        String name = tag.group(2).toLowerCase(Locale.ROOT);
        if (name.equals("br")) {
            html.insertBefore(new HardLineBreak());
            html.unlink();
        } else if (tag.group(1).isEmpty()) {
            open.add(html);
            names.add(name);
            count.merge(name, 1, Integer::sum);
        } else if (count.getOrDefault(name, 0) > 0) {
            close(name, html);
        }
    }

    private void close(String name, HtmlInline closing) {
        int at = names.lastIndexOf(name);
        HtmlInline opening = open.get(at);
        names.subList(at, names.size()).forEach(dropped -> count.merge(dropped, -1, Integer::sum));
        names.subList(at, names.size()).clear();
        open.subList(at, open.size()).clear();
        Tagged tagged = new Tagged(name);
        opening.insertBefore(tagged);
        Node next = opening.getNext();
        while (next != null && next != closing) {
            Node child = next;
            next = child.getNext();
            tagged.appendChild(child);
        }
        opening.unlink();
        closing.unlink();
    }
}
