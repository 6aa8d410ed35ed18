package app.patter.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A conversation as one person uses it. */
public record Talk(Person person, UUID id) {

    public String path() {
        return "/c/" + id;
    }

    /** Posts the first message. */
    public Reply begin(String text, String model) {
        return person.post(path() + "/messages", fields(text, model, "begin", "yes"));
    }

    /** Posts a further message, as htmx does. */
    public Reply send(String text, String model) {
        return person.post(
                path() + "/messages",
                fields(text, model, "message", UUID.randomUUID().toString()),
                "HX-Request",
                "true");
    }

    /** Posts a message that follows an earlier one, which makes another branch. */
    public Reply branch(UUID parent, String text, String model) {
        Map<String, String> fields =
                fields(text, model, "message", UUID.randomUUID().toString());
        fields.put("parent", parent.toString());
        return person.post(path() + "/messages", fields, "HX-Request", "true");
    }

    private static Map<String, String> fields(String text, String model, String key, String value) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("text", text);
        fields.put("model", model);
        fields.put(key, value);
        return fields;
    }

    /** Stops everything that is being written here. */
    public Reply stop() {
        return person.post(path() + "/messages/stop", Map.of(), "HX-Request", "true");
    }

    /** Presses a button of a message: {@code stop}, {@code continuation} or {@code retry}. */
    public Reply press(UUID message, String button) {
        return person.post(path() + "/messages/" + message + "/" + button, Map.of(), "HX-Request", "true");
    }

    public Reply delete() {
        return person.post(path() + "/deletion", Map.of());
    }

    public Document page() {
        return person.get(path()).expect(200).html();
    }

    /** What a fresh page shows. */
    public Shown shown() {
        return Shown.of(page());
    }

    /** Id of the last message of the newest branch. */
    public UUID last() {
        List<Element> messages = page().select("article.message");
        return UUID.fromString(messages.get(messages.size() - 1).attr("data-id"));
    }

    /** The branch through a message. */
    public Document page(UUID through) {
        return person.get(path() + "?m=" + through).expect(200).html();
    }

    /** Opens the page and follows its events from the page's revision on. */
    public EventReader follow() {
        return new EventReader(this, page());
    }

    /** The same on the branch through a message. */
    public EventReader follow(UUID through) {
        return new EventReader(this, page(through));
    }
}
