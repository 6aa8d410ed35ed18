package app.patter.server;

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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** Somebody at a browser without scripts: keeps cookies, takes tokens against forgery out of pages, posts forms. */
public final class Person {

    public static final String PASSWORD = "correct horse battery";

    private static final HttpClient PLAIN = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final HttpClient http;
    private final URI base;
    private final String name;
    private final Map<String, String> cookies = new ConcurrentHashMap<>();
    private volatile String csrfToken = "";

    private Person(HttpClient http, URI base, String name) {
        this.http = http;
        this.base = base;
        this.name = name;
    }

    /** Somebody who is not logged in. */
    public static Person stranger(URI base) {
        return stranger(PLAIN, base);
    }

    /** Somebody who is not logged in, at a client that knows more than plain HTTP/1.1. */
    static Person stranger(HttpClient http, URI base) {
        return new Person(http, base, "stranger");
    }

    /** The one who makes the first account. */
    public static Person first(URI base, String name) {
        Person person = new Person(PLAIN, base, name);
        person.get("/setup").expect(200);
        person.post("/setup", Map.of("name", name, "password", PASSWORD)).expect(303);
        person.get("/").expect(200);
        return person;
    }

    /** Somebody with an account, logged in. */
    public static Person known(URI base, String name) {
        return known(PLAIN, base, name, PASSWORD);
    }

    /** Somebody with an account, logged in, at a client that knows more than plain HTTP/1.1. */
    static Person known(HttpClient http, URI base, String name, String password) {
        Person person = new Person(http, base, name);
        person.get("/login").expect(200);
        person.post("/login", Map.of("name", name, "password", password)).expect(303);
        person.get("/").expect(200);
        return person;
    }

    /** Makes an account for somebody else, who is then logged in; only administrators can. */
    public Person invite(String other) {
        get("/accounts").expect(200);
        post("/accounts", Map.of("name", other, "password", PASSWORD)).expect(303);
        return known(http, base, other, PASSWORD);
    }

    public String name() {
        return name;
    }

    public URI base() {
        return base;
    }

    /** What this person's requests go through. */
    HttpClient http() {
        return http;
    }

    /** What this person's forms have to post. */
    public String forgery() {
        return csrfToken;
    }

    /** The cookies as a browser sends them. */
    public String cookies() {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    /** The value of one cookie. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    public Reply get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    /** Posts a form with this person's token against forgery. */
    public Reply post(String path, Map<String, String> fields, String... headers) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.putIfAbsent("forgery", csrfToken);
        return post(path, form(all).getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Posts a body as it is. */
    public Reply post(String path, byte[] body, String... headers) {
        HttpRequest.Builder request = request(path, headers);
        if (request.build().headers().firstValue("Content-Type").isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        return send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
    }

    /** The fields as a browser encodes them. */
    public static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** A request with this person's cookies. */
    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(under(path))).timeout(Duration.ofSeconds(60));
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies());
        }
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** A path of Patter's, below its context path; links in pages begin with that already. */
    private String under(String path) {
        return path.startsWith(base.getPath()) ? path : base.getPath() + path.substring(1);
    }

    public Reply send(HttpRequest request) {
        try {
            Reply reply = new Reply(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
            learn(reply);
            return reply;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void learn(Reply reply) {
        for (String cookie : reply.raw().headers().allValues("Set-Cookie")) {
            String pair = cookie.split(";", 2)[0];
            String key = pair.substring(0, pair.indexOf('='));
            String value = pair.substring(pair.indexOf('=') + 1);
            if (value.isEmpty()) {
                cookies.remove(key);
            } else {
                cookies.put(key, value);
            }
        }
        if (reply.header("Content-Type").orElse("").startsWith("text/html")) {
            Element field = reply.html().selectFirst("input[name=forgery]");
            if (field != null && !field.val().isEmpty()) {
                csrfToken = field.val();
            }
        }
    }

    /** Begins a conversation. */
    public Talk begin(String text, String model) {
        Talk talk = new Talk(this, UUID.randomUUID());
        talk.begin(text, model).expect(303);
        return talk;
    }
}
