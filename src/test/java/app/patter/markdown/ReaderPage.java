package app.patter.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.Elements;

/** A page that applies operations as htmx 2.0.10 does (makeFragment, findAndSwapOobElements, oobSwap). */
final class ReaderPage {

    private static final Pattern SWAP = Pattern.compile("(beforeend|outerHTML|innerHTML|delete):(.+)");

    private final Document document;
    private final Element target;

    ReaderPage(String html) {
        document = parse("<main><section id=\"r12-1\">" + html + "</section></main>");
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
        Elements found = document.select(swap.group(2));
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " targets of " + swap.group(2) + " in " + html());
        }
        Element place = found.get(0);
        switch (swap.group(1)) {
            case "beforeend" -> place.appendChildren(children(operation));
            case "innerHTML" -> place.empty().appendChildren(children(operation));
            case "outerHTML" -> place.replaceWith(operation);
            default -> place.remove();
        }
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
