package app.patter.server;

import app.patter.htmx.Swaps;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.nodes.Element;

/**
 * What a page shows of a conversation, in a form that can be compared with the database.
 *
 * @param runs   each run, by {@code r<sequence>-<ordinal>}
 * @param states state of each message in lower case, by sequence number
 */
public record Shown(Map<String, Run> runs, Map<Long, String> states) {

    /** A run: its HTML as a browser would write it, and its text without marks. */
    public record Run(String html, String text) {

        /** A run that an element shows. */
        static Run of(Element element) {
            return new Run(element.html(), element.wholeText());
        }

        /** A run with this HTML. */
        public static Run of(String html) {
            return of(Swaps.page("<!doctype html><body><div>" + html + "</div>").expectFirst("div"));
        }
    }

    /** Reads a page. */
    public static Shown of(Element page) {
        Map<String, Run> runs = ordered();
        Map<Long, String> states = new TreeMap<>();
        for (Element run : page.select("#messages .text[id~=^r\\d+-\\d+$]")) {
            runs.put(run.id(), Run.of(run));
        }
        for (Element head : page.select("#messages [id~=^h\\d+$]")) {
            states.put(Long.parseLong(head.id().substring(1)), head.attr("data-state"));
        }
        return new Shown(runs, states);
    }

    /** An empty map that keeps runs in their order on the page. */
    static <T> Map<String, T> ordered() {
        return new TreeMap<>(Comparator.<String>comparingInt(id -> Integer.parseInt(id.substring(1, id.indexOf('-'))))
                .thenComparingInt(id -> Integer.parseInt(id.substring(id.indexOf('-') + 1))));
    }

    /** The text of one message without its marks. */
    public String text(long sequence) {
        StringBuilder text = new StringBuilder();
        runs.keySet().stream().filter(id -> id.startsWith("r" + sequence + "-")).forEach(id -> text.append(text(id)));
        return text.toString();
    }

    /** The text of one run without its marks; empty if there is none. */
    public String text(String run) {
        return runs.containsKey(run) ? runs.get(run).text() : "";
    }

    /** Whether an answer is being written. */
    public boolean active() {
        return states.values().stream().anyMatch(Shown::active);
    }

    static boolean active(String state) {
        return switch (state) {
            case "queued", "connecting", "thinking", "writing" -> true;
            default -> false;
        };
    }
}
