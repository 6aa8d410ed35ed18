package app.patter.server;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.nodes.Document;

/** A program with a token, which compares each answer with the OpenAPI document. */
final class ApiClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI base;
    private final String token;
    private final JsonObject document;

    ApiClient(URI base, String token) {
        this.base = base;
        this.token = token;
        this.document = object(send("GET", "openapi.json", null).body());
    }

    /** A token that a person makes on their page; {@code scope} is read or write. */
    static String token(Person person, String scope) {
        person.get("/tokens").expect(200);
        Document page = person.post("/tokens", Map.of("name", "for a test", "scope", scope))
                .expect(200)
                .html();
        return page.expectFirst(".fresh code").text();
    }

    JsonObject document() {
        return document;
    }

    /** What Patter answers, with a status and a body that are in the document. */
    JsonObject call(String method, String path, String body, int status) {
        HttpResponse<String> answer = send(method, path, body);
        if (answer.statusCode() != status) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        JsonObject said = documented(method, path).getJsonObject("responses").getJsonObject(Integer.toString(status));
        if (said == null) {
            throw new AssertionError("not in the document: " + method + " " + path + " " + status);
        }
        if (!said.containsKey("content")) {
            assertSame(path, "", answer.body());
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        String type = said.getJsonObject("content").keySet().iterator().next();
        assertSame(
                path,
                type,
                answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", ""));
        JsonObject found = object(answer.body());
        fits(path, said.getJsonObject("content").getJsonObject(type).getJsonObject("schema"), found);
        return found;
    }

    private JsonObject documented(String method, String path) {
        String plain = path.replaceFirst("\\?.*", "")
                .replaceFirst("^conversations/[^/]+", "conversations/{conversation}")
                .replaceFirst("/messages/[^/]+", "/messages/{message}")
                .replaceFirst("/deletions/[^/]+", "/deletions/{deletion}");
        return document.getJsonObject("paths")
                .getJsonObject("/" + plain)
                .getJsonObject(method.toLowerCase(java.util.Locale.ROOT));
    }

    /** Whether a value is what a schema says, and has no field that it does not know. */
    void fits(String where, JsonObject schema, JsonValue value) {
        if (schema.containsKey("$ref")) {
            String name = schema.getString("$ref").replaceFirst(".*/", "");
            fits(
                    where + " " + name,
                    document.getJsonObject("components")
                            .getJsonObject("schemas")
                            .getJsonObject(name),
                    value);
            return;
        }
        String type = schema.getString("type");
        boolean right =
                switch (value.getValueType()) {
                    case OBJECT -> type.equals("object");
                    case ARRAY -> type.equals("array");
                    case STRING -> type.equals("string");
                    case NUMBER ->
                        type.equals("number") || (type.equals("integer") && ((JsonNumber) value).isIntegral());
                    case TRUE, FALSE -> type.equals("boolean");
                    case NULL -> false;
                };
        assertSame(where + " has the type " + type, true, right);
        if (schema.containsKey("enum")) {
            boolean known = schema.getJsonArray("enum")
                    .getValuesAs(JsonString::getString)
                    .contains(((JsonString) value).getString());
            assertSame(where + " " + value, true, known);
        }
        if (type.equals("array")) {
            value.asJsonArray().forEach(each -> fits(where + "[]", schema.getJsonObject("items"), each));
        }
        if (type.equals("object")) {
            if (schema.containsKey("required")) {
                schema.getJsonArray("required")
                        .getValuesAs(JsonString::getString)
                        .forEach(name -> assertSame(
                                where + "." + name, true, value.asJsonObject().containsKey(name)));
            }
            value.asJsonObject().forEach((name, each) -> {
                JsonObject known = schema.getJsonObject("properties").getJsonObject(name);
                if (known == null) {
                    throw new AssertionError("not in the document: " + where + "." + name);
                }
                fits(where + "." + name, known, each);
            });
        }
    }

    private static void assertSame(String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            throw new AssertionError(what + ": expected " + wanted + ", got " + found);
        }
    }

    private static JsonObject object(String json) {
        try {
            return Json.createReader(new StringReader(json)).readObject();
        } catch (JsonException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }

    /** A request as it is. */
    HttpResponse<String> send(String method, String path, String body) {
        HttpRequest.Builder request =
                request(path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve("/api/v1/" + path)).timeout(Duration.ofSeconds(30));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** A reader of a conversation's events. */
    Follower follow(String conversation) {
        return new Follower(conversation);
    }

    /** What a program knows that follows a conversation. */
    final class Follower {

        private final String conversation;

        /** Text of each run, by message and run. */
        final Map<String, StringBuilder> runs = new TreeMap<>();

        /** Types of the events of each message that have no text, in order. */
        final Map<String, List<String>> events = new TreeMap<>();

        long position;

        private Follower(String conversation) {
            this.conversation = conversation;
        }

        /** Reads at most so many steps, from the position on; fewer if a message ends or the stream does. */
        Follower read(int steps) {
            HttpRequest request = request("conversations/" + conversation + "/events")
                    .header("Last-Event-ID", Long.toString(position))
                    .build();
            try {
                HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
                assertSame("status", 200, response.statusCode());
                try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                    int left = steps;
                    for (String line = lines.readLine(); line != null && left > 0; line = lines.readLine()) {
                        if (line.startsWith("data:") && line.contains("\"revision\"")) {
                            boolean ends = take(object(line.substring(5)));
                            left = ends ? 0 : left - 1;
                        }
                    }
                }
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private boolean take(JsonObject step) {
            fits(
                    "step",
                    document.getJsonObject("components")
                            .getJsonObject("schemas")
                            .getJsonObject("Step"),
                    step);
            boolean ends = false;
            for (JsonObject event : step.getJsonArray("events").getValuesAs(JsonObject.class)) {
                String message = event.getString("message");
                if (event.containsKey("text")) {
                    StringBuilder run =
                            runs.computeIfAbsent(message + " " + event.getInt("run"), key -> new StringBuilder());
                    run.setLength(event.getInt("offset", run.length()));
                    run.append(event.getString("text"));
                } else {
                    events.computeIfAbsent(message, key -> new ArrayList<>()).add(event.getString("type"));
                    ends |= event.getString("type").equals("end");
                }
            }
            position = step.getJsonNumber("revision").longValue();
            return ends;
        }

        /** Whether an answer has ended. */
        boolean ended(String message) {
            return events.getOrDefault(message, List.of()).contains("end");
        }
    }
}
