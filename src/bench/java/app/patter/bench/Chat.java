package app.patter.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person with a browser: makes the first account, then sends messages. */
final class Chat {

    private static final Pattern FORGERY = Pattern.compile("name=\"forgery\" value=\"([^\"]+)\"");

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final String forgery;

    Chat(URI address) {
        this.address = address;
        String setup = forgery(get("setup"));
        post("setup", Map.of("forgery", setup, "name", "bench", "password", "quick brown fox"));
        this.forgery = forgery(get(""));
    }

    private static String forgery(String page) {
        Matcher forgery = FORGERY.matcher(page);
        if (!forgery.find()) {
            throw new IllegalStateException("no form on this page:\n" + page);
        }
        return forgery.group(1);
    }

    /** Begins a conversation with a message that asks for the numbered stream. */
    void begin(UUID conversation, int stream, TokenServer.Pace pace) {
        Map<String, String> fields = message(stream, pace);
        fields.put("begin", "yes");
        post("c/" + conversation + "/messages", fields);
    }

    /** Sends a further message. */
    void send(UUID conversation, int stream, TokenServer.Pace pace) {
        post("c/" + conversation + "/messages", message(stream, pace));
    }

    private Map<String, String> message(int stream, TokenServer.Pace pace) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("forgery", forgery);
        fields.put("message", UUID.randomUUID().toString());
        fields.put("text", "Please send stream #" + stream + "#");
        fields.put("model", "openai/" + pace.model());
        return fields;
    }

    /** The request with which a page follows its conversation. */
    String events(UUID conversation) {
        return "GET /c/" + conversation + "/events?after=0 HTTP/1.1\r\nHost: localhost:" + address.getPort()
                + "\r\nAccept: text/event-stream\r\nCookie: " + cookie() + "\r\n\r\n";
    }

    String get(String path) {
        return send(request(path).GET().build()).body();
    }

    private void post(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer = send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(path + " was answered by " + answer.statusCode() + ":\n" + answer.body());
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve("/" + path)).timeout(Duration.ofSeconds(30));
        return cookies.isEmpty() ? request : request.header("Cookie", cookie());
    }

    private String cookie() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            for (String cookie : answer.headers().allValues("Set-Cookie")) {
                String pair = cookie.split(";", 2)[0];
                int equals = pair.indexOf('=');
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
