package app.patter.server;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.nodes.Element;

/**
 * What a page shows of a conversation, in a form that can be compared with the database.
 *
 * @param texts  text of each run, by {@code r<sequence>-<ordinal>}
 * @param states state of each message in lower case, by sequence number
 */
public record Shown(Map<String, String> texts, Map<Long, String> states) {

    /** Reads a page. */
    public static Shown of(Element page) {
        Map<String, String> texts = ordered();
        Map<Long, String> states = new TreeMap<>();
        for (Element run : page.select("#messages [id~=^r\\d+-\\d+$]")) {
            texts.put(run.id(), run.wholeText());
        }
        for (Element head : page.select("#messages [id~=^h\\d+$]")) {
            states.put(Long.parseLong(head.id().substring(1)), head.attr("data-state"));
        }
        return new Shown(texts, states);
    }

    /** An empty map that keeps runs in their order on the page. */
    static Map<String, String> ordered() {
        return new TreeMap<>(Comparator.<String>comparingInt(id -> Integer.parseInt(id.substring(1, id.indexOf('-'))))
                .thenComparingInt(id -> Integer.parseInt(id.substring(id.indexOf('-') + 1))));
    }

    /** The whole text of one message. */
    public String text(long sequence) {
        StringBuilder text = new StringBuilder();
        texts.forEach((id, run) -> text.append(id.startsWith("r" + sequence + "-") ? run : ""));
        return text.toString();
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
