package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patter below a context path, as where a server has several applications: it knows no other address than its own. */
class ContextPathIT {

    @Test
    void everythingStaysBelowTheContextPath(@TempDir Path folder) {
        try (PatterServer server = PatterServer.at("/chat", folder, Map.of("PATTER_DEMO_RATE", "1000"))) {
            server.start();
            Person stranger = Person.stranger(server.address());
            Reply first = stranger.get("/").expect(303);
            assertTrue(
                    first.header("Location").orElse("").endsWith("/chat/setup"),
                    first.raw().headers().toString());
            Reply form = stranger.get("/setup").expect(200);
            assertTrue(
                    form.raw().headers().allValues("Set-Cookie").stream().allMatch(c -> c.contains("Path=/chat/")),
                    form.raw().headers().toString());

            Person ada = Person.first(server.address(), "ada");
            Talk talk = ada.begin("How do tides work?", "demo/demo");
            try (EventReader reader = talk.follow().connect()) {
                reader.awaitEnd(2);
                assertEquals(talk.shown(), reader.shown());
            }
            Document page = talk.page();
            List<String> addresses = Stream.of("href", "src", "action", "hx-post", "hx-get", "data-events")
                    .flatMap(name -> page.select("[" + name + "]").eachAttr(name).stream())
                    .filter(address -> address.startsWith("/"))
                    .distinct()
                    .toList();
            assertTrue(addresses.stream().anyMatch(address -> address.contains("/webjars/")), addresses.toString());
            for (String address : addresses) {
                assertTrue(address.startsWith("/chat/"), address);
            }
            page.select("link[rel=stylesheet], script[src]").forEach(asset -> {
                String address = asset.hasAttr("src") ? asset.attr("src") : asset.attr("href");
                assertFalse(ada.get(address).expect(200).text().isEmpty(), address);
            });
            assertEquals(404, ada.get("/no/such/page").status());
        }
    }
}
