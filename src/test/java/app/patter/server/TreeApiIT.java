package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs edit, try again, continue, delete and bring back; events say where it happens. */
@ExtendWith(SharedPatter.class)
class TreeApiIT {

    private static final String WORDS = " [words-3-at-900]";

    private static ApiClient client;
    private static ApiClient stranger;

    private String conversation;

    @BeforeAll
    static void makeTokens() {
        client = new ApiClient(SharedPatter.server().address(), ApiClient.token(SharedPatter.person(), "write"));
        stranger = new ApiClient(SharedPatter.server().address(), ApiClient.token(SharedPatter.person(), "write"));
    }

    private JsonObject begun(String text) {
        conversation = client.call("POST", "conversations", "{}", 201).getString("id");
        JsonObject sent = client.call("POST", path("messages"), body(text), 202);
        awaitEnd();
        return sent;
    }

    private String path(String rest) {
        return "conversations/" + conversation + "/" + rest;
    }

    private static String body(String text) {
        return "{\"text\": \"" + text + WORDS + "\", \"model\": \"" + SharedPatter.AS_ASKED + "\"}";
    }

    private List<JsonObject> messages() {
        return client.call("GET", path("messages"), null, 200)
                .getJsonArray("messages")
                .getValuesAs(JsonObject.class);
    }

    private void awaitEnd() {
        Until.holds("the answers end", () -> messages().stream()
                .allMatch(message -> message.getString("state").equals("done")));
    }

    @Test
    void aQuestionIsAskedOtherwiseAndCorrected() {
        String question = begun("first").getString("message");
        JsonObject version = client.call("POST", path("messages/" + question + "/versions"), body("other"), 202);
        awaitEnd();
        List<JsonObject> all = messages();
        assertEquals(4, all.size());
        assertTrue(!all.get(2).containsKey("parent"), "it is not beside the first");
        assertEquals(version.getString("message"), all.get(3).getString("parent"));
        client.call("PUT", path("messages/" + question), "{\"text\": \"corrected\"}", 204);
        assertEquals(
                "corrected",
                messages().get(0).getJsonArray("runs").getJsonObject(0).getString("text"));
        client.call("PUT", path("messages/" + question), "{\"text\": \" \"}", 422);
        client.call("PUT", path("messages/" + version.getString("answer")), "{\"text\": \"x\"}", 422);
        client.call("POST", path("messages/" + version.getString("answer") + "/versions"), body("x"), 422);
        client.call("POST", path("messages/" + UUID.randomUUID() + "/versions"), body("x"), 404);
        stranger.call("PUT", path("messages/" + question), "{\"text\": \"x\"}", 404);
        stranger.call("POST", path("messages/" + question + "/versions"), body("x"), 404);
        assertEquals(4, messages().size());
    }

    @Test
    void anAnswerIsTriedAgainByAnotherModel() {
        JsonObject sent = begun("first");
        String answer = sent.getString("answer");
        client.call("POST", path("messages/" + answer + "/retry"), "{}", 202);
        client.call("POST", path("messages/" + answer + "/retry"), "{\"model\": \"openai/words-50-at-100\"}", 202);
        awaitEnd();
        assertEquals(
                List.of(SharedPatter.AS_ASKED, SharedPatter.AS_ASKED, "openai/words-50-at-100"),
                messages().stream()
                        .filter(message -> message.getString("role").equals("assistant"))
                        .map(message -> message.getString("model"))
                        .toList());
        client.call("POST", path("messages/" + answer + "/retry"), "{\"model\": \"openai/gone\"}", 422);
        client.call("POST", path("messages/" + answer + "/continuation"), null, 204);
        stranger.call("POST", path("messages/" + answer + "/retry"), "{}", 404);
        stranger.call("POST", path("messages/" + answer + "/continuation"), null, 404);
    }

    @Test
    void whatIsDeletedIsToldAndComesBackWithAllItsText() {
        JsonObject first = begun("first");
        JsonObject second = client.call("POST", path("messages"), body("second"), 202);
        awaitEnd();
        ApiClient.Follower follower = client.follow(conversation);
        Until.holds("all is read", () -> follower.read(1).ended(second.getString("answer")));
        Map<String, String> texts = new TreeMap<>();
        follower.runs.forEach((run, text) -> texts.put(run, text.toString()));
        String path = path("messages/" + first.getString("message"));
        long deletion = client.call("DELETE", path + "?scope=exchange", null, 200)
                .getJsonNumber("deletion")
                .longValue();
        assertEquals(2, messages().size());
        assertTrue(!messages().get(0).containsKey("parent"), "the second still follows what was deleted");
        Until.holds(
                "it is told",
                () -> follower.read(1).events.get(first.getString("message")).contains("deleted"));
        client.call("DELETE", path, null, 410);
        client.call("DELETE", path("messages/" + second.getString("message")) + "?scope=all", null, 422);
        stranger.call("POST", path("deletions/" + deletion + "/undo"), null, 404);

        client.call("POST", path("deletions/" + deletion + "/undo"), null, 204);
        client.call("POST", path("deletions/" + deletion + "/undo"), null, 410);
        assertEquals(4, messages().size());
        Until.holds(
                "it is told",
                () -> follower.read(1).events.get(first.getString("message")).stream()
                                .filter("start"::equals)
                                .count()
                        == 2);
        follower.runs.forEach((run, text) -> assertEquals(texts.get(run), text.toString()));
    }
}
