package app.patter.server;

import app.patter.htmx.Swaps;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jsoup.nodes.Document;

/** What Patter answered. */
public record Reply(HttpResponse<byte[]> raw) {

    public int status() {
        return raw.statusCode();
    }

    /** The header's first value. */
    public Optional<String> header(String name) {
        return raw.headers().firstValue(name);
    }

    public String text() {
        return new String(raw.body(), StandardCharsets.UTF_8);
    }

    public Document html() {
        return Swaps.page(text());
    }

    /** Fails unless the status is as expected. */
    public Reply expect(int status) {
        if (status() != status) {
            throw new AssertionError(
                    "expected " + status + " from " + raw.uri() + ", got " + status() + ":\n" + text());
        }
        return this;
    }
}
