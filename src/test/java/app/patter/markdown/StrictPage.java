package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A page that takes nothing but what it knows: the elements and attributes named here, where HTML allows them, so that
 * every browser's parser makes the same tree of it and nothing in it runs. Much quicker than {@link ReaderPage}, which
 * is closer to a browser.
 */
final class StrictPage {

    private static final Set<String> PHRASING =
            Set.of("em", "strong", "del", "code", "a", "br", "input", "span", "sup", "sub", "kbd");
    private static final Set<String> FLOW =
            Set.of("p h1 h2 h3 h4 h5 h6 hr ul ol blockquote figure div section details summary".split(" "));

    /** What may be in what; phrasing elements and those not named hold phrasing. */
    private static final Map<String, Set<String>> CHILDREN = Map.ofEntries(
            Map.entry("#page", FLOW),
            Map.entry("blockquote", FLOW),
            Map.entry("li", FLOW),
            Map.entry("details", FLOW),
            Map.entry("ul", Set.of("li")),
            Map.entry("ol", Set.of("li")),
            Map.entry("section", Set.of("ol")),
            Map.entry("figure", Set.of("figcaption", "pre", "div")),
            Map.entry("pre", Set.of("code")),
            Map.entry("div", Set.of("table")),
            Map.entry("table", Set.of("thead", "tbody")),
            Map.entry("thead", Set.of("tr")),
            Map.entry("tbody", Set.of("tr")),
            Map.entry("tr", Set.of("th", "td")));

    private static final Set<String> VOID = Set.of("br", "hr", "input");
    private static final Set<String> TABLE_PARTS = Set.of("table", "thead", "tbody", "tr", "th", "td");

    private static final String LINK = " href=\"(?i:https?://|mailto:)[^\"\\x00-\\x20]+\"(?: title=\"[^\"]*\")?"
            + " rel=\"noopener noreferrer nofollow\" target=\"_blank\"";

    private static final Pattern AUTO = Pattern.compile(" dir=\"auto\"");

    private static final Map<String, Pattern> ATTRIBUTES = Map.ofEntries(
            Map.entry("a", Pattern.compile("(?:" + LINK + ")?")),
            Map.entry("code", Pattern.compile("(?: class=\"language-[A-Za-z0-9_+#.-]{1,32}\")?")),
            Map.entry("pre", Pattern.compile(" tabindex=\"0\"")),
            Map.entry("figure", Pattern.compile(" class=\"code\"")),
            Map.entry("section", Pattern.compile(" class=\"notes\"")),
            Map.entry("div", Pattern.compile(" class=\"(?:table\" tabindex=\"0|tools|math display)\"")),
            Map.entry("span", Pattern.compile(" class=\"math (?:inline|display)\"")),
            Map.entry("ol", Pattern.compile("(?: dir=\"auto\")?(?: start=\"\\d+\")?")),
            Map.entry("p", Pattern.compile("(?: dir=\"auto\")?")),
            Map.entry("ul", AUTO),
            Map.entry("summary", AUTO),
            Map.entry("blockquote", AUTO),
            Map.entry("table", AUTO),
            Map.entry("h1", AUTO),
            Map.entry("h2", AUTO),
            Map.entry("h3", AUTO),
            Map.entry("h4", AUTO),
            Map.entry("h5", AUTO),
            Map.entry("h6", AUTO),
            Map.entry("input", Pattern.compile(" type=\"checkbox\" disabled(?: checked)? aria-label=\"[^\"]*\"")));

    private static final Pattern CELL = Pattern.compile("(?: align=\"(?:left|center|right)\")?");
    private static final Pattern TEXT =
            Pattern.compile("(?:[^<>&\"\\x00-\\x08\\x0a-\\x0b\\x0d-\\x1f]|&(?:amp|lt|gt|quot|#10|#13);)*+");
    private static final Pattern TARGET = Pattern.compile("#r12-1(?:>:last-child|>:nth-child\\(\\d+\\)| code| tbody)*");

    /** An element, or text if it has no tag. */
    private static final class Item {
        final String tag;
        String attributes;
        final List<Item> children = new ArrayList<>();

        Item(String tag, String attributes) {
            this.tag = tag;
            this.attributes = attributes;
        }

        boolean isText() {
            return tag.isEmpty();
        }

        void write(StringBuilder html) {
            if (isText()) {
                html.append(attributes);
                return;
            }
            html.append('<').append(tag).append(attributes).append('>');
            children.forEach(child -> child.write(html));
            if (!VOID.contains(tag)) {
                html.append("</").append(tag).append('>');
            }
        }
    }

    private final Item page = new Item("#page", "");

    /** Shows a snapshot. */
    StrictPage(String html) {
        add(page, new Source(html).items(""));
    }

    /** Applies a frame of operations. */
    void apply(String frame) {
        List<Item> items = new Source(frame).items("");
        boolean templates = !items.isEmpty() && items.get(0).tag.equals("template");
        for (Item item : items) {
            if (item.tag.equals("template") != templates || (templates && item.children.size() != 1)) {
                throw new AssertionError("order is lost: " + frame);
            }
            Item operation = templates ? item.children.get(0) : item;
            if (!templates && TABLE_PARTS.contains(operation.tag)) {
                throw new AssertionError("table part outside a template: " + frame);
            }
            swap(operation);
        }
    }

    private void swap(Item operation) {
        String begin = " hx-swap-oob=\"";
        int colon = operation.attributes.indexOf(':');
        int end = operation.attributes.indexOf('"', begin.length());
        if (!operation.attributes.startsWith(begin) || colon < 0 || end < colon) {
            throw new AssertionError("no operation: " + operation.attributes);
        }
        String style = operation.attributes.substring(begin.length(), colon);
        String selector = operation.attributes.substring(colon + 1, end);
        operation.attributes = operation.attributes.substring(end + 1);
        List<Item> path = path(selector);
        Item place = path.get(path.size() - 1);
        Item parent = path.size() > 1 ? path.get(path.size() - 2) : place;
        switch (style) {
            case "beforeend" -> add(place, operation.children);
            case "innerHTML" -> {
                place.children.clear();
                add(place, operation.children);
            }
            case "outerHTML" -> {
                checkIn(parent, operation);
                parent.children.set(parent.children.indexOf(place), operation);
            }
            case "delete" -> parent.children.remove(place);
            default -> throw new AssertionError("no operation: " + style);
        }
    }

    /** The elements from the page to the target. */
    private List<Item> path(String selector) {
        if (!TARGET.matcher(selector).matches()) {
            throw new AssertionError("no selector: " + selector);
        }
        List<Item> path = new ArrayList<>(List.of(page));
        for (String step : selector.substring("#r12-1".length()).split("(?=>)|(?= )")) {
            Item last = path.get(path.size() - 1);
            if (step.equals(">:last-child")) {
                path.add(child(last, Integer.MAX_VALUE));
            } else if (step.startsWith(">")) {
                path.add(child(last, Integer.parseInt(step.substring(12, step.length() - 1))));
            } else if (!step.isEmpty()) {
                descend(step.substring(1), path);
            }
        }
        return path;
    }

    private static Item child(Item parent, int number) {
        Item found = null;
        int count = 0;
        for (Item child : parent.children) {
            if (!child.isText() && count++ < number) {
                found = child;
            }
        }
        if (found == null) {
            throw new AssertionError("no child " + number + " in " + parent.tag);
        }
        return found;
    }

    /** Goes to the first descendant with a tag. */
    private static void descend(String tag, List<Item> path) {
        Item parent = path.get(path.size() - 1);
        for (Item child : parent.children) {
            int depth = path.size();
            path.add(child);
            if (child.tag.equals(tag)) {
                return;
            }
            descend(tag, path);
            if (path.get(path.size() - 1).tag.equals(tag)) {
                return;
            }
            path.subList(depth, path.size()).clear();
        }
    }

    private static void add(Item parent, List<Item> items) {
        for (Item item : items) {
            checkIn(parent, item);
            parent.children.add(item);
        }
    }

    private static void checkIn(Item parent, Item item) {
        if (item.isText()) {
            boolean formula = parent.attributes.contains("math");
            if (CHILDREN.containsKey(parent.tag) && !formula) {
                throw new AssertionError("text in " + parent.tag);
            }
            return;
        }
        Set<String> allowed = CHILDREN.getOrDefault(parent.tag, PHRASING);
        Pattern attributes = item.tag.matches("t[hd]") ? CELL : ATTRIBUTES.get(item.tag);
        boolean valid = attributes == null
                ? item.attributes.isEmpty()
                : attributes.matcher(item.attributes).matches();
        if (!allowed.contains(item.tag) || !valid || (parent.tag.equals("a") && item.tag.equals("a"))) {
            throw new AssertionError(item.tag + item.attributes + " in " + parent.tag);
        }
        if (item.tag.equals("summary") && !parent.tag.equals("details")) {
            throw new AssertionError("summary in " + parent.tag);
        }
        item.children.forEach(child -> checkIn(item, child));
    }

    String html() {
        StringBuilder html = new StringBuilder();
        page.children.forEach(child -> child.write(html));
        return html.toString();
    }

    /** HTML as only this application writes it. */
    private static final class Source {

        private final String html;
        private int at;

        Source(String html) {
            this.html = html;
        }

        List<Item> items(String until) {
            List<Item> items = new ArrayList<>();
            while (at < html.length() && !html.startsWith("</", at)) {
                items.add(html.charAt(at) == '<' ? element() : text());
            }
            String end = until.isEmpty() ? "" : "</" + until + ">";
            if (!html.startsWith(end, at) || (until.isEmpty() && at < html.length())) {
                throw new AssertionError("not closed: " + until + " in " + html);
            }
            at += end.length();
            return items;
        }

        private Item text() {
            int end = html.indexOf('<', at);
            String text = html.substring(at, end < 0 ? html.length() : end);
            if (!TEXT.matcher(text).matches()) {
                throw new AssertionError("not escaped: " + text);
            }
            at += text.length();
            return new Item("", text);
        }

        private Item element() {
            int name = at + 1;
            while (Character.isLetterOrDigit(html.charAt(name))) {
                name++;
            }
            int end = name;
            for (boolean quoted = false; quoted || html.charAt(end) != '>'; end++) {
                quoted ^= html.charAt(end) == '"';
            }
            Item element = new Item(html.substring(at + 1, name), html.substring(name, end));
            at = end + 1;
            if (!VOID.contains(element.tag)) {
                element.children.addAll(items(element.tag));
            }
            return element;
        }
    }
}
