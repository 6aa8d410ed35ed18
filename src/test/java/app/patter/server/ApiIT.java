package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.fixture.Seed;
import app.patter.provider.LoopbackModel;
import app.patter.sample.Ask;
import app.patter.web.BearerOnly;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What programs can do over JSON, which is what the OpenAPI document says. */
@ExtendWith(SharedPatter.class)
class ApiIT {

    private static Person person;
    private static ApiClient client;

    @BeforeAll
    static void makeAToken() {
        person = SharedPatter.person();
        client = new ApiClient(SharedPatter.server().address(), ApiClient.token(person, "write"));
    }

    private static String created() {
        return client.call("POST", "conversations", "{}", 201).getString("id");
    }

    private static String ask(String conversation, String prompt) {
        return client.call(
                        "POST",
                        "conversations/" + conversation + "/messages",
                        "{\"text\": \"" + prompt + "\", \"model\": \"" + SharedPatter.AS_ASKED + "\"}",
                        202)
                .getString("answer");
    }

    // Tokens

    @Test
    void aTokenIsShownOnceAndOnlyItsHashIsKept() {
        Person owner = SharedPatter.person();
        String token = ApiClient.token(owner, "read");
        assertTrue(token.matches("patter_[A-Za-z0-9_-]{43}"), token);
        assertFalse(owner.get("/tokens").expect(200).text().contains(token));
        assertEquals(0, SharedPatter.database().number("select count(*) from api_token where token_hash = ?", token));
    }

    @Test
    void aRevokedTokenIsUselessAtOnce() {
        Person owner = SharedPatter.person();
        String token = ApiClient.token(owner, "read");
        ApiClient program = new ApiClient(SharedPatter.server().address(), token);
        program.call("GET", "conversations", null, 200);
        String revoke = owner.get("/tokens").html().expectFirst(".tokens form").attr("action");
        SharedPatter.person().post(revoke, Map.of()).expect(303); // somebody else's press does nothing
        program.call("GET", "conversations", null, 200);
        owner.post(revoke, Map.of()).expect(303);
        program.call("GET", "conversations", null, 401);
    }

    @Test
    void aTokenThatReadsChangesNothing() {
        ApiClient reader = new ApiClient(SharedPatter.server().address(), ApiClient.token(person, "read"));
        String conversation = created();
        reader.call("GET", "conversations/" + conversation, null, 200);
        reader.call("POST", "conversations", "{}", 403);
        reader.call("POST", "conversations/" + conversation + "/messages", "{\"text\": \"no\"}", 403);
        reader.call("POST", "conversations/" + conversation + "/stop", "", 403);
        reader.call("DELETE", "conversations/" + conversation, null, 403);
        assertEquals(
                0,
                SharedPatter.database().messages(UUID.fromString(conversation)).size());
    }

    @Test
    void withoutATokenThereIsNothingAndACookieIsNone() {
        ApiClient nobody = new ApiClient(SharedPatter.server().address(), "");
        ApiClient guess = new ApiClient(SharedPatter.server().address(), "patter_guess");
        for (ApiClient program : List.of(nobody, guess)) {
            HttpResponse<String> answer = program.send("GET", "conversations", null);
            assertEquals(401, answer.statusCode());
            assertEquals(
                    "Bearer", answer.headers().firstValue("WWW-Authenticate").orElse(""));
            program.call("GET", "conversations", null, 401);
        }
        person.get("/api/v1/conversations").expect(401);
    }

    @Test
    void whatBelongsToOthersDoesNotExist() {
        String conversation = created();
        ApiClient stranger =
                new ApiClient(SharedPatter.server().address(), ApiClient.token(SharedPatter.person(), "write"));
        String path = "conversations/" + conversation;
        stranger.call("GET", path, null, 404);
        stranger.call("DELETE", path, null, 404);
        stranger.call("GET", path + "/messages", null, 404);
        stranger.call("POST", path + "/messages", "{\"text\": \"mine\"}", 404);
        stranger.call("POST", path + "/stop", null, 404);
        stranger.call("GET", path + "/events", null, 404);
        stranger.call("POST", "conversations", "{\"id\": \"" + conversation + "\"}", 404);
        assertEquals(
                0,
                stranger.call("GET", "conversations", null, 200)
                        .getJsonArray("conversations")
                        .size());
    }

    // Conversations and messages

    @Test
    void aMessageCountsOnceHoweverOftenItIsSent() {
        String conversation = created();
        String body = "{\"id\": \"" + UUID.randomUUID() + "\", \"text\": \"Show me [no-done]\", \"model\": \""
                + SharedPatter.AS_ASKED + "\"}";
        String path = "conversations/" + conversation + "/messages";
        JsonObject first = client.call("POST", path, body, 202);
        JsonObject again = client.call("POST", path, body, 200);
        assertEquals(first, again, "whose reply was lost learns the answer's id all the same");
        assertEquals(
                2,
                SharedPatter.database().messages(UUID.fromString(conversation)).size());
        assertEquals(
                "Show me [no-done]",
                client.call("GET", "conversations/" + conversation, null, 200).getString("title"));
    }

    @Test
    void aConversationCountsOnceAndGoesForGood() {
        String id = UUID.randomUUID().toString();
        client.call("POST", "conversations", "{\"id\": \"" + id + "\", \"title\": \"Named\"}", 201);
        JsonObject again = client.call("POST", "conversations", "{\"id\": \"" + id + "\"}", 200);
        assertEquals("Named", again.getString("title"));
        assertTrue(person.get("/c/" + id).expect(200).text().contains("Named"), "people see it too");
        client.call("DELETE", "conversations/" + id, null, 204);
        client.call("GET", "conversations/" + id, null, 404);
    }

    @Test
    void messagesAreListedSinceASequenceNumber() {
        String conversation = created();
        String answer = ask(conversation, "Show me [reasoning]");
        follow(conversation, answer);
        List<JsonObject> all = client.call("GET", "conversations/" + conversation + "/messages", null, 200)
                .getJsonArray("messages")
                .getValuesAs(JsonObject.class);
        assertEquals(2, all.size());
        assertEquals("done", all.get(1).getString("state"));
        assertEquals(
                List.of("agentReasoning: First I think.\nThen I answer.", "finalResponse: The answer."),
                all.get(1).getJsonArray("runs").getValuesAs(JsonObject.class).stream()
                        .map(run -> run.getString("tokenType") + ": " + run.getString("text"))
                        .toList());
        assertEquals(
                all.subList(1, 2),
                client.call("GET", "conversations/" + conversation + "/messages?since=1", null, 200)
                        .getJsonArray("messages"));
    }

    @Test
    void theModelsAreListed() {
        assertTrue(client.call("GET", "models", null, 200).toString().contains(SharedPatter.AS_ASKED));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            400 | no json
            400 | [1]
            400 | {"text": "cut
            422 | {}
            422 | {"text": ""}
            422 | {"text": " \\n "}
            422 | {"text": 7}
            422 | {"text": "x", "id": "nonsense"}
            422 | {"text": "x", "id": 7}
            422 | {"text": "x", "model": "none/such"}
            404 | {"text": "x", "parent": "00000000-0000-0000-0000-000000000000"}
            """)
    void whatCannotBeSentIsRefusedWithAdvice(int status, String body) {
        JsonObject problem = client.call("POST", "conversations/" + created() + "/messages", body, status);
        assertEquals(status, problem.getInt("status"));
        assertTrue(problem.getString("detail").length() > 20);
    }

    @Test
    void whatIsTooLongIsRefused() {
        String path = "conversations/" + created() + "/messages";
        client.call("POST", path, "{\"text\": \"" + "x".repeat(200_001) + "\"}", 422);
        client.call("POST", path, "{\"text\": \"" + "x".repeat(2_000_000) + "\"}", 413);
        client.call("POST", "conversations", "{\"title\": \"" + "x".repeat(10_000) + "\"}", 413);
        client.call("GET", "conversations/" + created() + "/events?after=x", null, 400);
        JsonObject problem = client.call("GET", "conversations/" + created() + "/messages?since=abc", null, 400);
        assertTrue(problem.getString("detail").contains("?since=12"), problem.toString());
        client.call("GET", "conversations/" + created() + "/messages?since=-1", null, 400);
        client.call("GET", "conversations/nonsense", null, 404);
    }

    // Following

    private static ApiClient.Follower follow(String conversation, String answer) {
        ApiClient.Follower follower = client.follow(conversation);
        while (!follower.ended(answer)) {
            follower.read(Integer.MAX_VALUE);
        }
        return follower;
    }

    private static void assertExact(String conversation, ApiClient.Follower follower) {
        Map<String, String> saved = new TreeMap<>();
        Database database = SharedPatter.database();
        Map<Long, String> ids = database.messages(UUID.fromString(conversation)).stream()
                .collect(
                        Collectors.toMap(Database.Row::sequence, row -> row.id().toString()));
        database.texts(UUID.fromString(conversation)).forEach((run, text) -> {
            String[] numbers = run.substring(1).split("-");
            saved.put(ids.get(Long.parseLong(numbers[0])) + " " + numbers[1], text);
        });
        Map<String, String> known = new TreeMap<>();
        follower.runs.forEach((run, text) -> known.put(run, text.toString()));
        assertEquals(saved, known);
        follower.events.forEach((message, events) -> {
            assertEquals(1, events.stream().filter("start"::equals).count(), () -> message + events);
            assertEquals(1, events.stream().filter("end"::equals).count(), () -> message + events);
            assertEquals("start", events.get(0));
            assertEquals("end", events.get(events.size() - 1));
        });
    }

    @Test
    void whoComesAndGoesKnowsExactlyWhatTheDatabaseHolds(@Seed Random random) {
        String conversation = created();
        String first = ask(conversation, "Show me [words-300-at-200]");
        String second = ask(conversation, "Show me [words-200-at-150]");
        ApiClient.Follower follower = client.follow(conversation);
        while (!follower.ended(first) || !follower.ended(second)) {
            follower.read(1 + random.nextInt(6));
        }
        assertExact(conversation, follower);
        ApiClient.Follower late = follow(conversation, first);
        assertExact(conversation, late);
    }

    @Test
    void aStoppedAnswerEndsOnce() {
        Dictation dictation = Dictation.at(SharedPatter.model());
        String conversation = created();
        String answer = ask(
                conversation,
                dictation.begin().text("Kept. ").untilClosed("late ").prompt());
        ApiClient.Follower follower = client.follow(conversation);
        follower.read(5);
        client.call("POST", "conversations/" + conversation + "/stop", null, 204);
        while (!follower.ended(answer)) {
            follower.read(Integer.MAX_VALUE);
        }
        assertEquals(
                "STOPPED",
                SharedPatter.database().last(UUID.fromString(conversation)).state());
        assertExact(conversation, follower);
    }

    // Documentation

    @Test
    void theDocumentKnowsEveryResourceAndNoOther() {
        TreeSet<String> made = new TreeSet<>();
        for (JavaClass found : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("app.patter")) {
            if (found.isAnnotatedWith(BearerOnly.class)) {
                Class<?> resource = found.reflect();
                for (Method method : resource.getDeclaredMethods()) {
                    for (Class<? extends Annotation> verb : List.of(GET.class, POST.class, PUT.class, DELETE.class)) {
                        if (method.isAnnotationPresent(verb)) {
                            Path path = method.getAnnotation(Path.class);
                            made.add(verb.getSimpleName() + " "
                                    + resource.getAnnotation(Path.class).value()
                                    + (path == null ? "" : "/" + path.value()));
                        }
                    }
                }
            }
        }
        TreeSet<String> told = new TreeSet<>();
        client.document().getJsonObject("paths").forEach((path, item) -> item.asJsonObject().keySet().stream()
                .filter(verb -> !verb.equals("parameters"))
                .forEach(verb -> told.add(verb.toUpperCase(java.util.Locale.ROOT) + " /api/v1" + path)));
        told.add("GET /metrics"); // for monitoring, not part of the API
        assertEquals(made, told);
    }

    @Test
    void everyCommandOfTheDocumentationWorks() throws IOException, InterruptedException {
        String text = Files.readString(java.nio.file.Path.of("docs/api.md"));
        List<String> commands = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .filter(block -> block.contains("curl"))
                .toList();
        assertEquals(5, commands.size());
        String script = "set -e\n" + String.join("\n", commands);
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
        shell.environment()
                .put("PATTER", SharedPatter.server().address().toString().replaceFirst("/$", ""));
        shell.environment().put("TOKEN", ApiClient.token(person, "write"));
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        assertTrue(said.contains("\"type\":\"start\""), said);
    }

    @Test
    void theSampleProgramSurvivesARestart(@TempDir java.nio.file.Path folder) throws Exception {
        try (LoopbackModel model = LoopbackModel.start()) {
            model.script("long", answer -> {
                answer.stream();
                for (int word = 0; word < 5_000; word++) {
                    answer.text("word" + word + " ").pause(5);
                }
            });
            Map<String, String> settings =
                    Map.of("PATTER_MODEL_URL", model.base().toString(), "PATTER_MODEL", "as-asked");
            try (ChosenDatabase database = ChosenDatabase.in(folder);
                    PatterServer server = PatterServer.start(folder, database.settings(settings))) {
                String token = ApiClient.token(Person.first(server.address(), "ada"), "write");
                ByteArrayOutputStream printed = new ByteArrayOutputStream();
                PrintStream before = System.out;
                Thread program = new Thread(() -> ask(server, token));
                System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
                try {
                    program.start();
                    Until.holds("text is printed", () -> printed.toString(StandardCharsets.UTF_8)
                            .contains("word20 "));
                    server.kill();
                    server.start();
                    program.join(60_000);
                } finally {
                    System.setOut(before);
                }
                String said = printed.toString(StandardCharsets.UTF_8);
                assertFalse(program.isAlive(), said);
                assertTrue(said.startsWith("word0 word1 word2 "), said);
                assertTrue(said.endsWith("\ninterrupted\n"), said);
                String words = said.replace("\ninterrupted\n", "");
                int last = words.split(" ").length;
                StringBuilder exact = new StringBuilder();
                for (int word = 0; word < last; word++) {
                    exact.append("word").append(word).append(' ');
                }
                assertEquals(exact.toString(), words);
            }
        }
    }

    private static void ask(PatterServer server, String token) {
        ask(server, token, "Please [long]");
    }

    private static void ask(PatterServer server, String token, String question) {
        try {
            Ask.main(new String[] {server.address().toString().replaceFirst("/$", ""), token, question});
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theSampleProgramEndsWhenComingAgainIsOfNoUse() throws Exception {
        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> ask(SharedPatter.server(), "patter_guess", "Who am I?"));
        assertEquals("Patter refuses: 401", refused.getMessage());
        String question =
                Dictation.at(SharedPatter.model()).begin().text("Soon gone. ").prompt();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(
                () -> ask(SharedPatter.server(), ApiClient.token(person, "write"), question));
        Until.holds(
                "the answer begins",
                () -> !named(question).isEmpty() && begun(named(question).get(0)));
        client.call("DELETE", "conversations/" + named(question).get(0), null, 204);
        ExecutionException ended = assertThrows(ExecutionException.class, () -> asking.get(30, TimeUnit.SECONDS));
        String why = String.valueOf(ended.getCause().getMessage());
        assertTrue(why.equals("The stream is over: gone") || why.equals("Patter refuses: 404"), why);
    }

    private static List<String> named(String title) {
        return client
                .call("GET", "conversations", null, 200)
                .getJsonArray("conversations")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(conversation -> conversation.getString("title").equals(title))
                .map(conversation -> conversation.getString("id"))
                .toList();
    }

    private static boolean begun(String conversation) {
        return SharedPatter.database().texts(UUID.fromString(conversation)).containsValue("Soon gone. ");
    }
}
