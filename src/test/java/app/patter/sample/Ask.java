package app.patter.sample;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.*;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Iterator;
import java.util.UUID;

/**
 * Asks Patter and prints the answer as it is written, through lost connections and restarts of the server. Arguments:
 * Patter's address, an API token that may write, the question.
 */
public final class Ask {

    private final HttpClient http = HttpClient.newHttpClient();
    private final UUID id = UUID.randomUUID();
    private final String conversations;
    private final String token;
    private final HashMap<Integer, StringBuilder> runs = new HashMap<>();
    private String answer = "";
    private String state = "";
    private long position;

    private Ask(String patter, String token) {
        this.conversations = patter + "/api/v1/conversations";
        this.token = token;
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("\n" + new Ask(arguments[0], arguments[1]).ask(arguments[2]));
    }

    private String ask(String question) throws InterruptedException {
        while (state.isEmpty()) {
            try {
                if (answer.isEmpty()) { // with ids of our own, which count once, however often they are sent
                    send("POST", "", "{\"id\": \"" + id + "\"}");
                    String json = "{\"id\": \"" + id + "\", \"text\": " + Json.createValue(question) + "}";
                    String reply = send("POST", "/" + id + "/messages", json).next();
                    answer = Json.createReader(new StringReader(reply))
                            .readObject()
                            .getString("answer");
                }
                follow(send("GET", "/" + id + "/events", ""));
            } catch (IOException | UncheckedIOException e) {
                // the server is away: come back with the position
            }
            Thread.sleep(state.isEmpty() ? 500 : 0);
        }
        return state;
    }

    private void follow(Iterator<String> lines) {
        for (String name = ""; lines.hasNext() && state.isEmpty(); ) {
            String line = lines.next();
            name = line.startsWith("event:") ? line.substring(6).strip() : line.isEmpty() ? "" : name;
            if (line.startsWith("data:") && name.isEmpty()) {
                JsonObject step =
                        Json.createReader(new StringReader(line.substring(5))).readObject();
                step.getJsonArray("events").getValuesAs(JsonObject.class).forEach(this::take);
                position = step.getJsonNumber("revision").longValue();
            } else if (line.startsWith("data:") && !name.equals("paused")) {
                throw new IllegalStateException("The stream is over: " + name); // gone, login or stale
            }
        }
    }

    private void take(JsonObject event) {
        boolean mine = event.getString("message").equals(answer);
        if (mine && event.containsKey("text")) {
            StringBuilder run = runs.computeIfAbsent(event.getInt("run"), number -> new StringBuilder());
            int known = run.length();
            run.setLength(event.getInt("offset", known));
            System.out.print(run.append(event.getString("text")).substring(Math.min(known, run.length())));
        } else if (mine && event.getString("type").equals("end")) {
            state = event.getString("state");
        }
    }

    private Iterator<String> send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(conversations + path))
                .headers("Authorization", "Bearer " + token, "Last-Event-ID", "" + position)
                .method(method, HttpRequest.BodyPublishers.ofString(json));
        var response = http.send(request.build(), BodyHandlers.ofLines());
        int status = response.statusCode();
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (status == 429 || status >= 500 || (status >= 400 && !type.contains("json"))) {
            throw new IOException("this passes by itself"); // a server that starts says that Patter is not found
        } else if (status >= 400) {
            throw new IllegalStateException("Patter refuses: " + status);
        }
        return response.body().iterator();
    }
}
