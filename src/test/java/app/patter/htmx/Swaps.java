package app.patter.htmx;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/**
 * Swaps what a frame brings into a page as htmx 2.0.10 does with out-of-band swaps (makeFragment,
 * findAndSwapOobElements, oobSwap): first what lies in the frame itself, then what lies in its templates.
 */
public final class Swaps {

    private static final Pattern PLACE = Pattern.compile("(beforeend|outerHTML|innerHTML|delete):#([^> ]+)(.*)");

    private Swaps() {}

    /** A page whose HTML can be compared. */
    public static Document page(String html) {
        Document document = Jsoup.parse(html);
        document.outputSettings().prettyPrint(false);
        return document;
    }

    /**
     * Applies a frame.
     *
     * @param missing is told the selectors that find nothing
     */
    public static void apply(Element page, String frame, Consumer<String> missing) {
        Element fragment =
                page("<!doctype html><body><template>" + frame + "</template>").expectFirst("template");
        for (Element top : List.copyOf(fragment.children())) {
            if (top.hasAttr("hx-swap-oob")) {
                swap(page, top, missing);
            } else if (!top.normalName().equals("template")) {
                throw new AssertionError("this would be lost: " + top);
            }
        }
        for (Element template : fragment.select("> template")) {
            List.copyOf(template.children()).forEach(top -> swap(page, top, missing));
        }
    }

    private static void swap(Element page, Element swap, Consumer<String> missing) {
        String how = swap.attr("hx-swap-oob");
        swap.removeAttr("hx-swap-oob");
        if (!swap.select("[hx-swap-oob]").isEmpty()) {
            throw new AssertionError("a swap in a swap: " + swap);
        }
        Matcher place = PLACE.matcher(how);
        boolean named = place.matches();
        String style = named ? place.group(1) : how;
        Element target =
                named ? find(page.getElementById(place.group(2)), place.group(3)) : page.getElementById(swap.id());
        if (target == null) {
            missing.accept(named ? how : how + " " + swap.id());
            return;
        }
        switch (style) {
            case "true", "outerHTML" -> target.replaceWith(swap);
            case "beforeend" -> target.appendChildren(children(swap));
            case "innerHTML" -> target.empty().appendChildren(children(swap));
            case "delete" -> target.remove();
            default -> throw new AssertionError("unknown swap " + how);
        }
    }

    private static List<Node> children(Element element) {
        return List.copyOf(element.childNodes());
    }

    /** As querySelector, for the selectors that are used; quicker. */
    private static Element find(Element from, String selector) {
        Element found = from;
        for (String step : selector.split(">|(?= )")) {
            if (found == null || step.isEmpty()) {
                continue;
            } else if (step.equals(":last-child")) {
                found = found.lastElementChild();
            } else if (step.startsWith(":nth-child(")) {
                int number = Integer.parseInt(step.substring(11, step.length() - 1));
                found = number <= found.childrenSize() ? found.child(number - 1) : null;
            } else {
                found = found.selectFirst(step.strip());
            }
        }
        return found;
    }
}
