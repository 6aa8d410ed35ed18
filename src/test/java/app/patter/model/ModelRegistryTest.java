package app.patter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.config.Settings;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.LoopbackModel;
import app.patter.provider.Parameters;
import app.patter.provider.ReasoningEffort;
import app.patter.provider.Recorder;
import app.patter.provider.dialect.OpenAiChat;
import app.patter.text.BaseText;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {

    private static final long ENOUGH_TO_BE_OLD = 31_000_000_000L;
    private static final List<ChatMessage> HELLO = List.of(new ChatMessage(Role.USER, "Hello"));

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final AtomicLong clock = new AtomicLong();
    private final List<LoopbackModel> servers = new ArrayList<>();
    private final List<ModelRegistry> made = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        made.forEach(ModelRegistry::close);
        for (LoopbackModel server : servers) {
            server.close();
        }
        executor.shutdownNow();
    }

    private LoopbackModel server() {
        LoopbackModel server = LoopbackModel.start();
        servers.add(server);
        return server;
    }

    private static LoopbackModel listing(LoopbackModel server, String... names) {
        String data = String.join(
                ",",
                List.of(names).stream().map(name -> "{\"id\":\"" + name + "\"}").toList());
        return server.models(answer -> answer.status(200, "{\"object\":\"list\",\"data\":[" + data + "]}"));
    }

    private ModelRegistry models(Map<String, String> settings, List<LoopbackServer> probes) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("PATTER_DEMO_RATE", "100000");
        ModelRegistry models =
                new ModelRegistry(new Settings(all::get, key -> null), executor, List::of, probes, clock::get);
        made.add(models);
        return models;
    }

    private static LoopbackServer probe(String id, String label, LoopbackModel server) {
        return new LoopbackServer(id, label, server.base(), new OpenAiChat(OpenAiChat.Continuation.NATIVE));
    }

    private static List<String> ids(ModelRegistry models) {
        return models.all().stream().map(Model::id).toList();
    }

    @Test
    void whereThereIsNothingThereIsTheDemo() throws IOException {
        LoopbackModel gone = server();
        gone.close();
        ModelRegistry models = models(Map.of(), List.of(probe("ollama", "Ollama", gone)));
        assertEquals(List.of(new Model("demo/demo", "Demo (no AI)", true)), models.all());
        assertEquals("demo/demo", models.preferred().id());
        Recorder recorder = new Recorder();
        models.ask(Payer.operator(), "demo/demo", HELLO, recorder);
        assertTrue(recorder.ended().text().contains("demo"));
    }

    @Test
    void serversOnLoopbackAreFoundInTheOrderOfTheProbes() {
        LoopbackModel ollama = listing(server(), "nomic-embed-text", "llama3.2", "qwen/qwen3:4b");
        LoopbackModel vllm = listing(server(), "mistral");
        ModelRegistry models =
                models(Map.of(), List.of(probe("ollama", "Ollama", ollama), probe("vllm", "vLLM", vllm)));
        assertEquals(
                List.of("ollama/llama3.2", "ollama/qwen/qwen3:4b", "vllm/mistral"),
                ids(models),
                "what makes no talk is not offered");
        assertEquals(new Model("ollama/llama3.2", "llama3.2 (Ollama)", false), models.preferred());
        assertEquals(
                Optional.of("qwen/qwen3:4b (Ollama)"),
                models.find("ollama/qwen/qwen3:4b").map(Model::label));
        assertTrue(models.find("demo/demo").isPresent(), "old conversations with the demo go on");
    }

    @Test
    void somethingElseThatListensThereIsNoModelServer() {
        LoopbackModel web = server().models(answer ->
                answer.head("200 OK", "text/html", "Content-Length: 6").raw("<html>"));
        LoopbackModel json = server().models(answer -> answer.status(200, "{\"status\":\"ok\"}"));
        ModelRegistry models =
                models(Map.of(), List.of(probe("vllm", "vLLM", web), probe("llamacpp", "llama.cpp", json)));
        assertEquals(List.of("demo/demo"), ids(models));
    }

    @Test
    void weDoNotAskOurselves() {
        LoopbackModel us = listing(server(), "m");
        ModelRegistry models = models(
                Map.of("PATTER_URL", "http://localhost:" + us.port() + "/"),
                List.of(probe("llamacpp", "llama.cpp", us)));
        assertEquals(List.of("demo/demo"), ids(models));
        assertEquals(List.of(), us.requests());
    }

    @Test
    void whereOthersMayListenNothingIsFoundUnlessTheOperatorWantsIt() {
        LoopbackModel ollama = listing(server(), "llama3.2");
        List<LoopbackServer> probes = List.of(probe("ollama", "Ollama", ollama));
        assertEquals(List.of("demo/demo"), ids(models(Map.of("PATTER_URL", "https://chat.example/"), probes)));
        assertEquals(List.of(), ollama.requests());
        Map<String, String> wanted = Map.of("PATTER_URL", "https://chat.example/", "PATTER_DISCOVERY", "on");
        assertTrue(ids(models(wanted, probes)).contains("ollama/llama3.2"));
    }

    @Test
    void discoveryCanBeSwitchedOff() {
        LoopbackModel ollama = listing(server(), "llama3.2");
        ModelRegistry models = models(Map.of("PATTER_DISCOVERY", "off"), List.of(probe("ollama", "Ollama", ollama)));
        assertEquals(List.of("demo/demo"), ids(models));
        assertEquals(List.of(), ollama.requests());
    }

    @Test
    void aConfiguredServerIsTheOnlyOneAndItsWantedModelIsFirst() {
        LoopbackModel ollama = listing(server(), "llama3.2");
        LoopbackModel openai = listing(server(), "gpt-a", "gpt-b");
        ModelRegistry models = models(
                Map.of(
                        "PATTER_MODEL_URL", "http://127.0.0.1:" + openai.port() + "/v1",
                        "PATTER_MODEL_KEY", "k",
                        "PATTER_MODEL", "gpt-b"),
                List.of(probe("ollama", "Ollama", ollama)));
        assertEquals(List.of("openai/gpt-b", "openai/gpt-a"), ids(models));
        assertEquals(List.of(), ollama.requests());
        assertEquals("Bearer k", openai.requests().get(0).headers().get("authorization"));
    }

    @Test
    void theWantedModelIsThereWhenTheListCannotBeRead() {
        LoopbackModel openai = server().models(answer -> answer.status(500, "{}"));
        ModelRegistry models = models(
                Map.of("PATTER_MODEL_URL", openai.base().toString(), "PATTER_MODEL", "unthrottled-2"), List.of());
        assertEquals(List.of("openai/unthrottled-2"), ids(models));
        Recorder recorder = new Recorder();
        models.ask(Payer.operator(), "openai/unthrottled-2", HELLO, recorder);
        assertEquals("word1 word2 ", recorder.ended().text());
    }

    @Test
    void aSlowListIsNotWaitedForAndArrivesInTheBackground() {
        CountDownLatch release = new CountDownLatch(1);
        LoopbackModel openai = server().models(answer -> {
            answer.await(release);
            answer.status(200, "{\"data\":[{\"id\":\"slow\"}]}");
        });
        ModelRegistry models = models(Map.of("PATTER_MODEL_URL", openai.base().toString()), List.of());
        assertEquals(List.of("demo/demo"), ids(models));
        models.all();
        release.countDown();
        LoopbackModel.await("the list", () -> ids(models).equals(List.of("openai/slow")));
    }

    @Test
    void whatIsKnownIsAnsweredAtOnceAndRefreshedWhenItIsOld() {
        LoopbackModel openai = listing(server(), "one");
        ModelRegistry models = models(Map.of("PATTER_MODEL_URL", openai.base().toString()), List.of());
        assertEquals(List.of("openai/one"), ids(models));
        listing(openai, "one", "two");
        assertEquals(List.of("openai/one"), ids(models));
        assertEquals(1, openai.requests().size());
        clock.addAndGet(ENOUGH_TO_BE_OLD);
        LoopbackModel.await("the new list", () -> ids(models).equals(List.of("openai/one", "openai/two")));
        assertEquals(2, openai.requests().size());
    }

    @Test
    void serversOnLoopbackComeAndGo() throws IOException {
        LoopbackModel ollama = server().models(answer -> answer.status(503, "{}"));
        ModelRegistry models = models(Map.of(), List.of(probe("ollama", "Ollama", ollama)));
        assertEquals(List.of("demo/demo"), ids(models));
        listing(ollama, "llama3.2");
        clock.addAndGet(ENOUGH_TO_BE_OLD);
        LoopbackModel.await("it is found", () -> ids(models).equals(List.of("ollama/llama3.2")));
        ollama.close();
        clock.addAndGet(ENOUGH_TO_BE_OLD);
        LoopbackModel.await("it is gone", () -> ids(models).equals(List.of("demo/demo")));
        Recorder recorder = new Recorder();
        models.ask(Payer.operator(), "ollama/llama3.2", HELLO, recorder);
        assertEquals(Kind.UNREACHABLE, recorder.failed().kind());
        assertFalse(Recorder.words(recorder.failed()).contains("PATTER_MODEL_URL"), Recorder.words(recorder.failed()));
    }

    @Test
    void unknownModelsAreRefusedWithAMessage() {
        ModelRegistry models = models(Map.of(), List.of());
        for (String id : List.of("", "x", "openai/gpt", "demo/other", "/", "nothing/", "a\nb/c")) {
            assertTrue(models.find(id).isEmpty(), id);
            Recorder recorder = new Recorder();
            models.ask(Payer.operator(), id, HELLO, recorder);
            assertEquals(Kind.UNKNOWN_MODEL, recorder.failed().kind(), id);
            assertEquals(1, recorder.deltas().size());
        }
    }

    @Test
    void aKeyThatCannotBeSentIsExplained() {
        ModelRegistry models = models(
                Map.of(
                        "PATTER_MODEL_URL", URI.create("http://127.0.0.1:1/v1/").toString(),
                        "PATTER_MODEL_KEY", "two\nlines",
                        "PATTER_MODEL", "m"),
                List.of());
        Recorder recorder = new Recorder();
        models.ask(Payer.operator(), "openai/m", HELLO, recorder);
        assertTrue(Recorder.words(recorder.failed()).contains("PATTER_MODEL_KEY"), Recorder.words(recorder.failed()));
        assertFalse(Recorder.words(recorder.failed()).contains("two"), Recorder.words(recorder.failed()));
    }

    @Test
    void closingEndsEveryAnswerUnderWay() {
        LoopbackModel openai = listing(server(), "m");
        ModelRegistry models =
                models(Map.of("PATTER_MODEL_URL", openai.base().toString(), "PATTER_DEMO_RATE", "1"), List.of());
        Recorder stalled = new Recorder();
        Recorder slow = new Recorder();
        models.ask(Payer.operator(), "openai/stall", HELLO, stalled);
        models.ask(Payer.operator(), "demo/demo", HELLO, slow);
        LoopbackModel.await(
                "both have begun",
                () -> !stalled.deltas().isEmpty() && !slow.deltas().isEmpty());
        models.close();
        assertEquals(Kind.CANCELLED, stalled.failed().kind());
        assertEquals(Kind.CANCELLED, slow.failed().kind());
        LoopbackModel.await("no connection is left", () -> openai.openConnections() <= 1);

        Recorder late = new Recorder();
        models.ask(Payer.operator(), "demo/demo", HELLO, late);
        assertEquals(Kind.CANCELLED, late.failed().kind());
    }

    private static ServerConfig added(String id, LoopbackModel server) {
        return new ServerConfig(id, "The " + id, "openai", server.base(), null, null, false, false);
    }

    private static Configuration servers(ServerConfig... servers) {
        return new Configuration(List.of(servers), List.of());
    }

    private static ModelConfig hidden(String model) {
        return new ModelConfig(model, "", true, false, "", Parameters.NONE, null, List.of());
    }

    private static ModelConfig pinned(String model) {
        return new ModelConfig(model, "", false, true, "", Parameters.NONE, null, List.of());
    }

    @Test
    void whatIsAddedIsOfferedBetweenSettingsAndFinds() {
        LoopbackModel ollama = listing(server(), "llama");
        LoopbackModel first = listing(server(), "one", "two");
        LoopbackModel second = listing(server(), "three");
        ModelRegistry found = models(Map.of(), List.of(probe("ollama", "Ollama", ollama)));
        found.use(servers(added("b", second), added("a", first)));
        LoopbackModel.await(
                "both lists", () -> ids(found).equals(List.of("b/three", "a/one", "a/two", "ollama/llama")));
        assertEquals("three (The b)", found.label("b/three"));

        LoopbackModel openai = listing(server(), "gpt");
        ModelRegistry configured =
                models(Map.of("PATTER_MODEL_URL", openai.base().toString()), List.of());
        configured.use(servers(added("a", first)));
        LoopbackModel.await("both", () -> ids(configured).equals(List.of("openai/gpt", "a/one", "a/two")));
    }

    @Test
    void whatIsTakenAwayIsGoneAtOnceAndCannotBeAskedAnyMore() {
        LoopbackModel server = listing(server(), "unthrottled-2");
        ModelRegistry models = models(Map.of(), List.of());
        models.use(servers(added("a", server)));
        LoopbackModel.await("the list", () -> ids(models).equals(List.of("a/unthrottled-2")));
        models.use(servers());
        assertEquals(List.of("demo/demo"), ids(models));
        Recorder recorder = new Recorder();
        models.ask(Payer.operator(), "a/unthrottled-2", HELLO, recorder);
        assertEquals(Kind.UNKNOWN_MODEL, recorder.failed().kind());
    }

    @Test
    void aServerThatIsOnlyRenamedIsNotAskedAgain() {
        LoopbackModel server = listing(server(), "m");
        ModelRegistry models = models(Map.of(), List.of());
        models.use(servers(added("a", server)));
        LoopbackModel.await("the list", () -> ids(models).equals(List.of("a/m")));
        models.use(servers(new ServerConfig("a", "Renamed", "openai", server.base(), null, null, false, false)));
        assertEquals("m (Renamed)", models.all().get(0).label());
        assertEquals(1, server.requests().size());

        models.use(servers(new ServerConfig("a", "Renamed", "openai", server.base(), "a-key", null, false, false)));
        LoopbackModel.await("another key, another list", () -> server.requests().size() == 2);
    }

    @Test
    void hiddenModelsAreNotOfferedButKeepTheirNamesAndCanBeAsked() {
        LoopbackModel server = listing(server(), "unthrottled-2", "other");
        ModelRegistry models = models(Map.of(), List.of());
        models.use(new Configuration(List.of(added("a", server)), List.of(hidden("a/unthrottled-2"))));
        LoopbackModel.await("the list", () -> ids(models).equals(List.of("a/other")));
        assertTrue(models.find("a/unthrottled-2").isEmpty());
        assertEquals("unthrottled-2 (The a)", models.label("a/unthrottled-2"));
        Recorder recorder = new Recorder();
        models.ask(Payer.operator(), "a/unthrottled-2", HELLO, recorder);
        assertEquals("word1 word2 ", recorder.ended().text());

        ServerConfig away = new ServerConfig("a", "The a", "openai", server.base(), null, null, true, false);
        models.use(new Configuration(List.of(away), List.of()));
        assertEquals(List.of("demo/demo"), ids(models));
    }

    @Test
    void aServerMayOfferOnlyChosenModelsAlsoSuchAsItDoesNotList() {
        LoopbackModel server = listing(server(), "one", "two", "three");
        ModelRegistry models = models(Map.of(), List.of());
        ServerConfig some = new ServerConfig("a", "The a", "openai", server.base(), null, null, false, true);
        models.use(new Configuration(List.of(some), List.of(pinned("a/unlisted"), pinned("a/two"), hidden("a/one"))));
        List<ServerStatus.Choice> choices =
                models.servers(Duration.ofSeconds(20)).get(0).choices();
        assertEquals(List.of("a/unlisted", "a/two"), ids(models));
        assertEquals(
                List.of("unlisted", "two", "one", "three"),
                choices.stream().map(ServerStatus.Choice::name).toList());
        assertEquals(
                List.of(false, true, true, true),
                choices.stream().map(ServerStatus.Choice::listed).toList());
    }

    @Test
    void theModelThatTheSettingsNameIsAlwaysOfferedFirst() {
        LoopbackModel openai = listing(server(), "a", "b");
        ModelRegistry models =
                models(Map.of("PATTER_MODEL_URL", openai.base().toString(), "PATTER_MODEL", "b"), List.of());
        models.use(new Configuration(List.of(), List.of(pinned("openai/a"), hidden("openai/b"))));
        LoopbackModel.await("the list", () -> ids(models).equals(List.of("openai/b", "openai/a")));
    }

    @Test
    void aModelIsToldWhatItsAdministratorSays() {
        LoopbackModel server = listing(server(), "unthrottled-1");
        ModelRegistry models = models(Map.of(), List.of());
        Parameters parameters = new Parameters(
                new BigDecimal("0.2"), ReasoningEffort.HIGH, 4_096L, "{\"top_p\":0.9,\"stream_options\":null}");
        ModelConfig told = new ModelConfig(
                "a/unthrottled-1", "Mine", false, false, "Speak like a pirate.", parameters, null, List.of());
        models.use(new Configuration(List.of(added("a", server)), List.of(told)));
        LoopbackModel.await("the list", () -> models.label("a/unthrottled-1").equals("Mine"));
        Recorder recorder = new Recorder();
        models.ask(Payer.operator(), "a/unthrottled-1", HELLO, recorder);
        recorder.ended();
        String sent = server.requests().stream()
                .filter(request -> request.method().equals("POST"))
                .findFirst()
                .orElseThrow()
                .body();
        assertTrue(sent.contains("{\"role\":\"system\",\"content\":\"Speak like a pirate.\"}"), sent);
        assertTrue(sent.contains("\"temperature\":0.2"), sent);
        assertTrue(sent.contains("\"reasoning_effort\":\"high\""), sent);
        assertTrue(sent.contains("\"top_p\":0.9"), sent);
        assertFalse(sent.contains("stream_options"), sent);
    }

    @Test
    void fallbacksAreOtherModelsThatCanBeAsked() {
        LoopbackModel server = listing(server(), "m", "n");
        ModelRegistry models = models(Map.of(), List.of());
        ModelConfig told = new ModelConfig(
                "a/m",
                "",
                false,
                false,
                "",
                Parameters.NONE,
                null,
                List.of("a/n", "gone/x", "a/m", "demo/demo", "ollama/never-seen"));
        models.use(new Configuration(List.of(added("a", server)), List.of(told)));
        assertEquals(List.of("a/n", "demo/demo"), models.fallbacks("a/m"));
        assertEquals(List.of(), models.fallbacks("a/n"));
    }

    @Test
    void aServerWhoseKeyCannotBeReadIsNotAskedAndSaysWhy() {
        LoopbackModel server = listing(server(), "m");
        ModelRegistry models = models(Map.of(), List.of());
        models.use(servers(new ServerConfig(
                "a",
                "The a",
                "openai",
                server.base(),
                null,
                BaseText.OTHER.with("The key cannot be read."),
                false,
                false)));
        LoopbackModel.await(
                "the problem",
                () -> models.servers(Duration.ZERO).get(0).problem().equals("The key cannot be read."));
        Recorder recorder = new Recorder();
        models.ask(Payer.operator(), "a/m", HELLO, recorder);
        assertEquals(Kind.REFUSED_KEY, recorder.failed().kind());
        assertEquals("The key cannot be read.", Recorder.words(recorder.failed()));
        assertEquals(List.of(), server.requests());
    }

    @Test
    void faultsOfAnAddedServerPointToItsPageAndNotToTheSettings() {
        LoopbackModel server = server();
        ModelRegistry models = models(Map.of(), List.of());
        models.use(servers(added("a", server)));
        Recorder recorder = new Recorder();
        models.ask(Payer.operator(), "a/error-401", HELLO, recorder);
        assertTrue(Recorder.words(recorder.failed()).contains("the page “Models”"), Recorder.words(recorder.failed()));
        assertFalse(Recorder.words(recorder.failed()).contains("PATTER_"), Recorder.words(recorder.failed()));
    }

    @Test
    void noTextOfAServerHoldsItsKey() {
        ServerConfig server =
                new ServerConfig("a", "b", "openai", URI.create("http://h/v1/"), "s3cret", null, false, false);
        assertFalse(new Configuration(List.of(server), List.of()).toString().contains("s3cret"));
    }
}
