package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.LoopbackModel;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.UUID;

/** What holds behind nginx with TLS, wherever Patter is. */
final class Proxied {

    private Proxied() {}

    /** Somebody logs in, asks, and sees each word when it is written, over HTTP/2. */
    static void streams(Nginx nginx, LoopbackModel model, String name) {
        Person stranger = Person.stranger(nginx.http(), nginx.address());
        assertEquals(nginx.address().resolve("login"), where(stranger.get("/").expect(303)));
        Person person = Person.known(nginx.http(), nginx.address(), name, Person.PASSWORD);
        Reply home = person.get("/").expect(200);
        assertEquals(HttpClient.Version.HTTP_2, home.raw().version());
        home.html().select("link[rel=stylesheet], script[src]").forEach(asset -> {
            String address = asset.hasAttr("src") ? asset.attr("src") : asset.attr("href");
            assertFalse(person.get(address).expect(200).text().isEmpty(), address);
        });

        Dictation dictation = Dictation.at(model).begin().text("One ");
        Talk talk = new Talk(person, UUID.randomUUID());
        URI begun = where(talk.begin(dictation.prompt(), SharedPatter.AS_ASKED).expect(303));
        assertEquals(nginx.address().resolve("c/" + talk.id()), begun);
        try (EventReader reader = talk.follow().connect()) {
            for (String word : List.of("two", "three", "four")) {
                dictation.text(word + " ");
                Until.holds(word + " passes", () -> reader.shown().text(2).endsWith(word));
            }
            dictation.text("five.").finish();
            reader.awaitEnd(2);
            assertTrue(reader.connected(), "it is still the first connection");
            assertEquals("One two three four five.", reader.shown().text(2));
            assertEquals(List.of(), reader.misses());
        }
        assertEquals("", nginx.log());
    }

    /** Where a browser goes from a redirect. */
    private static URI where(Reply reply) {
        return reply.raw().uri().resolve(reply.header("Location").orElseThrow());
    }
}
