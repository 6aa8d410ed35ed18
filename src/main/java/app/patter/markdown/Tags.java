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
import org.commonmark.parser.beta.Position;
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

    /**
     * Takes as text what could begin a comment or a declaration, so that it hides nothing behind it, and what has no end
     * nearby, so that nobody searches for one again and again.
     */
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

    /** A tag that takes longer is text. */
    private static final int LONGEST = 100;

    private static final int LONGEST_OTHER = 2_000;

    private static final List<String> NAMES = List.of("br", "sub", "sup", "kbd", "details", "summary");

    private final List<HtmlInline> open = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> count = new HashMap<>();

    private Tags() {}

    private static @Nullable ParsedInline unless(Scanner scanner) {
        scanner.next();
        Position after = scanner.position();
        boolean named = scanner.peek() == '/' || Character.isLetter(scanner.peek());
        for (int length = 0; named && length < LONGEST_OTHER && scanner.hasNext(); length++) {
            if (scanner.peek() == '>') {
                return ParsedInline.none();
            }
            scanner.next();
        }
        return ParsedInline.of(new Text("<"), after);
    }

    /** The name of the tag at a place, if it is one that comes in pairs; else nothing. */
    static String name(String text, int at) {
        Matcher tag = TAG.matcher(text).region(at, Math.min(text.length(), at + LONGEST));
        boolean paired = tag.lookingAt() && !tag.group(2).equalsIgnoreCase("br");
        return paired ? tag.group(2).toLowerCase(Locale.ROOT) : "";
    }

    /** Whether a text ends within what may become a tag that means something. */
    static boolean isArriving(String text, int at) {
        if (text.length() - at > LONGEST || text.indexOf('>', at) >= 0) {
            return false;
        }
        String begun = text.substring(at + 1).toLowerCase(Locale.ROOT);
        String name = begun.startsWith("/") ? begun.substring(1) : begun;
        return NAMES.stream().anyMatch(known -> known.startsWith(name) || name.matches(known + "[\\s/][^<]*"));
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
