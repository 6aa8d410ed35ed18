package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** A page that applies operations as htmx 2.0.10 does (makeFragment, findAndSwapOobElements, oobSwap). */
final class ReaderPage {

    private static final Pattern SWAP = Pattern.compile("(beforeend|outerHTML|innerHTML|delete):(.+)");

    private final Element target;

    ReaderPage(String html) {
        Document document = parse("<main><section id=\"r12-1\">" + html + "</section></main>");
        target = document.expectFirst("#r12-1");
    }

    private static Document parse(String body) {
        Document document = Jsoup.parse("<!doctype html><body>" + body);
        document.outputSettings().prettyPrint(false);
        return document;
    }

    /** Applies a frame: what lies directly in it first, then what lies in its templates. */
    void apply(String frame) {
        Element fragment =
                parse("<template class=\"wrapper\">" + frame + "</template>").expectFirst("template");
        List<Element> swaps = new ArrayList<>();
        for (Element top : fragment.children()) {
            if (top.hasAttr("hx-swap-oob")) {
                swaps.add(top);
            }
        }
        for (Element top : fragment.children()) {
            if (top.normalName().equals("template")) {
                swaps.addAll(top.select("> [hx-swap-oob]"));
            }
        }
        if (swaps.size() != fragment.childNodeSize()
                || fragment.select("[hx-swap-oob]").size() != swaps.size()) {
            throw new AssertionError("not only operations: " + frame);
        }
        swaps.forEach(this::swap);
    }

    private void swap(Element operation) {
        Matcher swap = SWAP.matcher(operation.attr("hx-swap-oob"));
        if (!swap.matches()) {
            throw new AssertionError("no operation: " + operation);
        }
        operation.removeAttr("hx-swap-oob");
        Element place = find(swap.group(2));
        switch (swap.group(1)) {
            case "beforeend" -> place.appendChildren(children(operation));
            case "innerHTML" -> place.empty().appendChildren(children(operation));
            case "outerHTML" -> place.replaceWith(operation);
            default -> place.remove();
        }
    }

    /** As querySelector, for the selectors that operations use; quicker. */
    private Element find(String selector) {
        Element found = null;
        for (String step : selector.split(">|(?= )")) {
            if (step.equals("#r12-1")) {
                found = target;
            } else if (found != null && step.equals(":last-child")) {
                found = found.lastElementChild();
            } else if (found != null && step.startsWith(":nth-child(")) {
                found = found.child(Integer.parseInt(step.substring(11, step.length() - 1)) - 1);
            } else {
                found = found == null ? null : found.expectFirst(step.strip());
            }
        }
        if (found == null) {
            throw new AssertionError("no target " + selector + " in " + html());
        }
        return found;
    }

    private static List<Node> children(Element element) {
        return new ArrayList<>(element.childNodes());
    }

    Element target() {
        return target;
    }

    String html() {
        return target.html();
    }

    String text() {
        return target.wholeText();
    }
}
