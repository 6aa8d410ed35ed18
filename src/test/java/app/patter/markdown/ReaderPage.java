package app.patter.markdown;

import app.patter.htmx.Swaps;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Assertions;

/** A page that shows one text and applies its operations as htmx does. */
final class ReaderPage {

    private final Element body;

    ReaderPage(String html) {
        body = Swaps.page("<!doctype html><body><main><section id=\"r12-1\">" + html + "</section></main>")
                .body();
    }

    void apply(String frame) {
        Swaps.apply(body, frame, missing -> Assertions.fail("no target " + missing + " in " + html()));
    }

    Element target() {
        return body.expectFirst("#r12-1");
    }

    String html() {
        return target().html();
    }

    String text() {
        return target().wholeText();
    }
}
