package app.patter.sample;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Asks Patter and prints the answer as it is written, through lost connections and restarts of the server. Arguments:
 * Patter's address, an API token that may write, the question.
 */
public final class Ask {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String conversation;
    private final String token;
    private final Map<Integer, StringBuilder> runs = new HashMap<>();
    private String answer = "";
    private String state = "";
    private long position;

    private Ask(String patter, String token) {
        this.conversation = patter + "/api/v1/conversations/" + UUID.randomUUID();
        this.token = token;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println("\n" + new Ask(arguments[0], arguments[1]).ask(arguments[2]));
    }

    private String ask(String question) throws IOException, InterruptedException {
        int slash = conversation.lastIndexOf('/');
        post(conversation.substring(0, slash), "id", conversation.substring(slash + 1));
        answer = post(conversation + "/messages", "text", question).getString("answer");
        while (state.isEmpty()) {
            try {
                follow();
            } catch (IOException e) {
                Thread.sleep(500); // the server is away: come back with the position
            }
        }
        return state;
    }

    private JsonObject post(String address, String name, String value) throws IOException, InterruptedException {
        String json = Json.createObjectBuilder().add(name, value).build().toString();
        HttpRequest request = to(address).POST(BodyPublishers.ofString(json)).build();
        return object(http.send(request, BodyHandlers.ofString()).body());
    }

    private void follow() throws IOException, InterruptedException {
        HttpRequest request = to(conversation + "/events")
                .header("Last-Event-ID", "" + position)
                .build();
        var body = http.send(request, BodyHandlers.ofInputStream()).body();
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && state.isEmpty(); line = lines.readLine()) {
                if (line.startsWith("data:") && line.contains("\"revision\"")) {
                    JsonObject step = object(line.substring(5));
                    step.getJsonArray("events").getValuesAs(JsonObject.class).forEach(this::take);
                    position = step.getJsonNumber("revision").longValue();
                }
            }
        }
        if (state.isEmpty()) {
            throw new IOException("the stream ended");
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

    private HttpRequest.Builder to(String address) {
        return HttpRequest.newBuilder(URI.create(address)).header("Authorization", "Bearer " + token);
    }

    private static JsonObject object(String json) {
        return Json.createReader(new StringReader(json)).readObject();
    }
}
