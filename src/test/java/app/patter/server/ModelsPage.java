package app.patter.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The page on which an administrator adds servers, without scripts. */
public record ModelsPage(Person person) {

    public Document page() {
        return person.get("/models").expect(200).html();
    }

    /** Sends the form for a new server. */
    public Reply add(Map<String, String> fields) {
        person.get("/models/servers").expect(200);
        return person.post("/models/servers", fields);
    }

    /** Adds a server that speaks OpenAI's dialect and shows the page with it. */
    public Document adds(String name, String address, String key) {
        add(Map.of("name", name, "dialect", "openai", "address", address, "key", key, "offers", "all"))
                .expect(303);
        return page();
    }

    /** Where an added server is changed. */
    public String path(String name) {
        return section(page(), name).expectFirst("header a.action").attr("href").replaceFirst("^https?://[^/]+", "");
    }

    public void remove(String name) {
        person.post(path(name) + "/deletion", Map.of()).expect(303);
    }

    /** The part of the page that is about one server. */
    public static Element section(Document page, String name) {
        return page.select("section.server").stream()
                .filter(section -> section.attr("aria-label").equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no server " + name + " in\n" + page));
    }

    /** Names of all servers on the page. */
    public static List<String> servers(Document page) {
        return page.select("section.server").eachAttr("aria-label");
    }

    /** Labels of the models of a server that people can choose. */
    public List<String> offered(String name) {
        return section(page(), name).select("> ul.models strong").eachText();
    }

    /** Tests a model. */
    public Document tests(String model) {
        return person.post("/models/trial", Map.of("model", model)).expect(200).html();
    }

    /** Sends the form with what is said about a model. */
    public Reply tunes(String model, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("model", model);
        return person.post("/models/settings", all);
    }

    public Reply offers(String model, boolean offered) {
        return person.post("/models/visibility", Map.of("model", model, "offered", offered ? "yes" : "no"));
    }

    public Reply rise(String model) {
        return person.post("/models/rise", Map.of("model", model));
    }
}
