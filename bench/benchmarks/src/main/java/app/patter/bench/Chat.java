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

/** A person with a browser and a program: sends messages, and reads. */
final class Chat {

    /** The name of the first account. */
    static final String NAME = "bench";

    private static final String PASSWORD = "quick brown fox";
    private static final Pattern TOKEN = Pattern.compile(">(patter_[A-Za-z0-9_-]+)<");
    private static final Pattern FORGERY = Pattern.compile("name=\"forgery\" value=\"([^\"]+)\"");

    private final URI address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final String csrfToken;
    private String token = "";

    private Chat(URI address, String page, String name) {
        this.address = address;
        post(page, Map.of("forgery", forgery(get(page)), "name", name, "password", PASSWORD));
        this.csrfToken = forgery(get(""));
    }

    /** The person who makes the first account. */
    static Chat first(URI address) {
        return new Chat(address, "setup", NAME);
    }

    /** Another person, whom this one, who is the first, gives an account. */
    Chat other(String name) {
        post("accounts", Map.of("forgery", csrfToken, "name", name, "password", PASSWORD));
        return new Chat(address, "login", name);
    }

    /** What this person's programs may show, to read and to write. */
    String token() {
        if (token.isEmpty()) {
            String page = post("tokens", Map.of("forgery", csrfToken, "name", "bench", "scope", "write"));
            Matcher fresh = TOKEN.matcher(page);
            if (!fresh.find()) {
                throw new IllegalStateException("no token on this page:\n" + page);
            }
            token = fresh.group(1);
        }
        return token;
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
        fields.put("forgery", csrfToken);
        fields.put("message", UUID.randomUUID().toString());
        fields.put("text", "Please send stream #" + stream + "#");
        fields.put("model", "openai/" + pace.model());
        return fields;
    }

    /** The request with which a page follows its conversation, after a revision. */
    String events(UUID conversation, String after) {
        return "GET /c/" + conversation + "/events?after=" + after + " HTTP/1.1\r\nHost: localhost:" + address.getPort()
                + "\r\nAccept: text/event-stream\r\nCookie: " + cookie() + "\r\n\r\n";
    }

    String get(String path) {
        return send(request(path).GET().build()).body();
    }

    /** What a program reads at a path. */
    String read(String path) {
        return checked(path, send(program(path).GET().build()));
    }

    /** Posts JSON to a path as a program does. */
    void write(String path, String json) {
        checked(
                path,
                send(program(path)
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build()));
    }

    private HttpRequest.Builder program(String path) {
        return HttpRequest.newBuilder(address.resolve("/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token());
    }

    private String post(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return checked(
                path,
                send(request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build()));
    }

    private static String checked(String path, HttpResponse<String> answer) {
        if (answer.statusCode() >= 400) {
            throw new IllegalStateException(path + " was answered by " + answer.statusCode() + ":\n" + answer.body());
        }
        return answer.body();
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
