package app.patter.model;

import app.patter.chat.ChatMessage;
import app.patter.chat.Prices;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolSpec;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.provider.ChatRequest;
import app.patter.provider.Delta;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Dialect;
import app.patter.provider.Origin;
import app.patter.provider.Parameters;
import app.patter.provider.Provider;
import app.patter.provider.ProviderErrors;
import app.patter.provider.ReasoningEffort;
import app.patter.provider.demo.Demo;
import app.patter.provider.demo.Document;
import app.patter.provider.dialect.Dialects;
import app.patter.provider.dialect.OpenAiChat;
import app.patter.provider.http.HttpProvider;
import app.patter.provider.http.SerialDelivery;
import app.patter.provider.http.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The models that can be asked now: those of the server in the settings, then those of servers that administrators have
 * added, then those of servers found on loopback, or else the demo. Thread-safe. Looks for them once when it is made and
 * again whenever somebody asks and what is known is older than 30 s; nobody waits for that but the first, and at most a
 * second.
 */
public final class ModelRegistry {

    private static final Logger LOG = System.getLogger(ModelRegistry.class.getName());

    private static final Model DEMO = new Model(Demo.ID + "/" + Demo.MODEL, Demo.LABEL, true);
    private static final String CONFIGURED = "openai";

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration PROBE = Duration.ofSeconds(1);
    /** A list on the internet takes longer than one on loopback. */
    private static final Duration LISTING = Duration.ofSeconds(5);

    /** Longest id of a model: what the database takes. */
    private static final int LONGEST_ID = 200;

    private final ScheduledThreadPoolExecutor timer;
    private final LongSupplier clock;
    private final @Nullable String wanted;
    private final boolean configured;
    private final boolean reasoning;
    private final List<String> fallbacks;
    private final Transport transport;
    private final Demo demo;
    private final List<ModelServerClient> fixed;
    private final Map<String, String> reports = new ConcurrentHashMap<>();

    private final long made = System.nanoTime();
    private volatile CompletableFuture<?> first;
    private volatile List<Model> known = List.of(DEMO);
    private volatile List<ModelServerClient> added = List.of();
    /** By id of the model, in their order. */
    private volatile Map<String, ModelConfig> configs = Map.of();

    private final Object lock = new Object();
    private CompletableFuture<?> search = CompletableFuture.completedFuture(null);
    private long searched;

    /** A place where a model server may be found. */
    record Probe(String id, String label, URI base, Dialect dialect) {}

    /** Where the local model servers in common use listen. */
    static final List<Probe> LOOPBACK = List.of(
            probe("ollama", "Ollama", 11434, OpenAiChat.Continuation.NATIVE),
            probe("lmstudio", "LM Studio", 1234, OpenAiChat.Continuation.WORDS),
            probe("vllm", "vLLM", 8000, OpenAiChat.Continuation.FLAGS),
            probe("llamacpp", "llama.cpp", 8080, OpenAiChat.Continuation.NATIVE));

    /** Ids of servers that no added server may have. */
    public static final Set<String> RESERVED = Stream.concat(
                    Stream.of(CONFIGURED, Demo.ID), LOOPBACK.stream().map(Probe::id))
            .collect(Collectors.toUnmodifiableSet());

    /** Names of all dialects. */
    public static List<String> dialects() {
        return Dialects.ALL.stream().map(Dialect::name).toList();
    }

    private static Probe probe(String id, String label, int port, OpenAiChat.Continuation continuation) {
        return new Probe(id, label, URI.create("http://127.0.0.1:" + port + "/v1/"), new OpenAiChat(continuation));
    }

    /**
     * The models of this process; begins to look for them at once.
     *
     * @param settings read once, here
     * @param executor runs everything that this package does in the background; needs two threads or more and is not
     *     shut down by {@link #close}
     * @param documentation Patter's documentation, for the demo; asked again for each of its answers
     * @throws app.patter.config.SettingException if a setting cannot be used
     */
    public ModelRegistry(Settings settings, Executor executor, Supplier<List<Document>> documentation) {
        this(settings, executor, documentation, LOOPBACK, System::nanoTime);
    }

    /** For tests: looks at other places, and tells the time by {@code clock}, in nanoseconds. */
    public ModelRegistry(
            Settings settings,
            Executor executor,
            Supplier<List<Document>> documentation,
            List<Probe> probes,
            LongSupplier clock) {
        this.clock = clock;
        this.timer = timer();
        this.transport = new Transport(
                executor, timer, settings.duration(Setting.PROVIDER_CONNECT), settings.duration(Setting.PROVIDER_IDLE));
        this.demo = new Demo(documentation, settings.number(Setting.DEMO_RATE), executor, timer);
        Optional<URI> address = settings.address(Setting.MODEL_URL);
        this.configured = address.isPresent();
        this.reasoning = configured && settings.on(Setting.MODEL_REASONING);
        this.fallbacks =
                configured ? names(settings.text(Setting.MODEL_FALLBACKS).orElse("")) : List.of();
        this.wanted = configured ? settings.text(Setting.MODEL).orElse(null) : null;
        this.fixed = address.map(base -> List.of(configured(settings, base, transport)))
                .orElseGet(() -> settings.on(Setting.DISCOVERY) ? found(settings, probes, transport) : List.of());
        if (!configured && settings.text(Setting.MODEL_KEY).isPresent()) {
            LOG.log(Level.WARNING, "PATTER_MODEL_KEY is set without PATTER_MODEL_URL and therefore not used");
        }
        if (!configured && !settings.choice(Setting.MODEL_API).equals(Setting.MODEL_API.standard())) {
            LOG.log(Level.WARNING, "PATTER_MODEL_API is set without PATTER_MODEL_URL and therefore not used");
        }
        if (wanted != null) {
            known = List.of(new Model(CONFIGURED + "/" + wanted, wanted, false));
        }
        this.first = refresh();
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "patter-provider-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static ModelServerClient configured(Settings settings, URI base, Transport transport) {
        String key = settings.text(Setting.MODEL_KEY).orElse(null);
        Dialect dialect = Dialects.named(settings.choice(Setting.MODEL_API));
        HttpProvider provider =
                new HttpProvider(CONFIGURED, base.getHost(), base, key, Origin.SETTINGS, dialect, LISTING, transport);
        return new ModelServerClient(provider, Origin.SETTINGS, base, dialect, key != null, null);
    }

    private static List<ModelServerClient> found(Settings settings, List<Probe> probes, Transport transport) {
        int ourPort = settings.address(Setting.URL).map(URI::getPort).orElse(-1);
        return probes.stream()
                .filter(probe -> probe.base().getPort() != ourPort)
                .map(probe -> new ModelServerClient(
                        new HttpProvider(
                                probe.id(),
                                probe.label(),
                                probe.base(),
                                null,
                                Origin.FOUND,
                                probe.dialect(),
                                PROBE,
                                transport),
                        Origin.FOUND,
                        probe.base(),
                        probe.dialect(),
                        false,
                        null))
                .toList();
    }

    private ModelServerClient added(ServerConfig server) {
        Dialect dialect = Dialects.named(server.dialect());
        HttpProvider provider = new HttpProvider(
                server.id(), server.label(), server.base(), server.key(), Origin.ADDED, dialect, LISTING, transport);
        return new ModelServerClient(provider, Origin.ADDED, server.base(), dialect, server.key() != null, server);
    }

    /**
     * From now on also offers and asks what administrators have added and said, in place of what it was given before.
     * Returns at once; new servers are asked for their models in the background. Answers under way go on.
     */
    public void use(Configuration configuration) {
        synchronized (lock) {
            Map<String, ModelServerClient> before = new HashMap<>();
            added.forEach(client -> before.put(client.id(), client));
            List<ModelServerClient> now =
                    configuration.servers().stream().map(this::added).toList();
            List<ModelServerClient> fresh = now.stream()
                    .filter(client -> !client.remembers(before.get(client.id())))
                    .toList();
            Map<String, ModelConfig> told = new LinkedHashMap<>();
            configuration.configs().forEach(config -> told.put(config.model(), config));
            added = now;
            configs = told;
            learn();
            if (!fresh.isEmpty()) {
                search = CompletableFuture.allOf(search, refreshAll(fresh));
                if (!first.isDone()) {
                    first = search;
                }
            }
        }
    }

    /** Every model that people may choose, best first; never empty: the demo is there when nothing else is. */
    public List<Model> all() {
        CompletableFuture<?> running = refreshIfOld();
        if (!first.isDone()) {
            await(running, FIRST_WAIT.toNanos() - (System.nanoTime() - made));
        }
        return known;
    }

    private static void await(CompletableFuture<?> search, long nanos) {
        try {
            search.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // what is known by now is answered
        }
    }

    /** The model for new conversations: the one set by {@code PATTER_MODEL}, else the first. */
    public Model preferred() {
        return all().get(0);
    }

    /** The model with this id, if people may choose it now; the demo they always may. */
    public Optional<Model> find(String id) {
        if (id.equals(DEMO.id())) {
            return Optional.of(DEMO);
        }
        return all().stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /** How people call a model, also one that is hidden or gone; empty for none. */
    public String label(@Nullable String id) {
        if (id == null) {
            return "";
        }
        if (id.equals(DEMO.id())) {
            return DEMO.label();
        }
        return place(id).map(client -> label(client, name(id))).orElse(id);
    }

    private String label(ModelServerClient client, String name) {
        String told = config(client.id() + "/" + name).label();
        return told.isEmpty() ? client.label(name) : told;
    }

    private ModelConfig config(String id) {
        ModelConfig told = configs.get(id);
        return told == null ? ModelConfig.none(id) : told;
    }

    /**
     * The models to ask instead, in order, when one fails before it has written anything: those that an administrator has
     * said, else those of the settings.
     *
     * @return ids of models that can be asked; not modifiable
     */
    public List<String> fallbacks(String modelId) {
        List<String> told = config(modelId).fallbacks();
        return (told.isEmpty() ? fallbacks : told)
                .stream()
                        .filter(id -> !id.equals(modelId))
                        .filter(this::isKnown)
                        .toList();
    }

    /** What a model costs; null if no administrator has said. */
    public @Nullable Prices prices(String modelId) {
        return config(modelId).prices();
    }

    private static List<String> names(String separated) {
        return Arrays.stream(separated.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> CONFIGURED + "/" + name)
                .toList();
    }

    /** What marks the {@linkplain ProviderMessage#source native turns} that a model may get back; empty for the demo. */
    public String source(String modelId) {
        return place(modelId).map(client -> client.source(name(modelId))).orElse("");
    }

    /** What a model is told beside the conversation, and how it is to answer. */
    public Parameters parameters(String id) {
        Parameters told = config(id).parameters();
        boolean asked = reasoning
                && !told.effort().asks()
                && place(id).map(ModelServerClient::origin).orElse(null) == Origin.SETTINGS;
        return asked ? told.with(ReasoningEffort.ON) : told;
    }

    /**
     * Asks a model and returns at once; the answer, or why there is none, reaches {@code deltas}. Whether a server
     * knows a model is for the server to say: it may know more than it lists, and a list may be out of date. A model
     * that is hidden is asked too. What does not fit into the model's context is left out, the oldest first.
     *
     * @param modelId a {@link Model#id()}
     */
    public Provider.Call ask(String modelId, List<ChatMessage> messages, DeltaHandler handler) {
        return ask(modelId, messages, List.of(), handler);
    }

    /** Whether a model may be told of tools: agents call their own, and the demo calls none. */
    public boolean takesTools(String modelId) {
        return place(modelId).map(client -> !client.isAgent()).orElse(false);
    }

    /** Whether it is an agent, which takes whatever it is asked for a task. */
    public boolean isAgent(String modelId) {
        return place(modelId).map(ModelServerClient::isAgent).orElse(false);
    }

    /** The same for a model that may call tools; the demo never does. */
    public Provider.Call ask(String modelId, List<ChatMessage> messages, List<ToolSpec> tools, DeltaHandler handler) {
        if (modelId.equals(DEMO.id())) {
            return demo.ask(new ChatRequest(Demo.MODEL, messages), handler);
        }
        if (!isKnown(modelId)) {
            new SerialDelivery(handler).end(ProviderErrors.unknownModel(modelId));
            return () -> {};
        }
        Parameters parameters = parameters(modelId);
        List<ChatMessage> told =
                withSystemPrompt(modelId, tools.isEmpty() ? ToolHistoryFlattener.of(messages) : messages);
        Long size = parameters.contextSize();
        if (size != null) {
            ContextWindow.Fit fit = ContextWindow.fit(told, tools, size);
            told = fit.messages();
            if (fit.leftOut() > 0) {
                handler.accept(new Delta.HistoryTruncated(fit.leftOut()));
            }
        }
        ChatRequest request = new ChatRequest(name(modelId), told, tools, parameters);
        return place(modelId).orElseThrow().ask(request, handler);
    }

    /** Asks a small thing on Patter's own behalf: without the model's system prompt, temperature and reasoning. */
    public Provider.Call askInternally(String modelId, List<ChatMessage> messages, DeltaHandler handler) {
        Optional<ModelServerClient> client = place(modelId).filter(ModelServerClient::exists);
        if (client.isEmpty()) {
            new SerialDelivery(handler).end(ProviderErrors.unknownModel(modelId));
            return () -> {};
        }
        Parameters told = config(modelId).parameters();
        Parameters plain = new Parameters(null, ReasoningEffort.UNASKED, told.contextSize(), told.others());
        return client.get().ask(new ChatRequest(name(modelId), messages, List.of(), plain), handler);
    }

    private boolean isKnown(String id) {
        return id.equals(DEMO.id())
                || (!name(id).isBlank()
                        && place(id).filter(ModelServerClient::exists).isPresent());
    }

    /** The turns after what an administrator wants said before every conversation. */
    private List<ChatMessage> withSystemPrompt(String id, List<ChatMessage> messages) {
        String system = config(id).system();
        return system.isEmpty()
                ? messages
                : Stream.concat(Stream.of(new ChatMessage(Role.SYSTEM, system)), messages.stream())
                        .toList();
    }

    private Optional<ModelServerClient> place(String modelId) {
        int slash = modelId.indexOf('/');
        String server = slash < 0 ? modelId : modelId.substring(0, slash);
        return clients().filter(client -> client.id().equals(server)).findFirst();
    }

    private static String name(String modelId) {
        int slash = modelId.indexOf('/');
        return slash < 0 ? "" : modelId.substring(slash + 1);
    }

    private Stream<ModelServerClient> clients() {
        return configured
                ? Stream.concat(fixed.stream(), added.stream())
                : Stream.concat(added.stream(), fixed.stream());
    }

    /**
     * Every server with all of its models, in their order, for administrators. Servers on loopback are left out that have
     * never answered.
     *
     * @param wait longest time to wait for servers that have not said yet which models they have
     */
    public List<ServerStatus> servers(Duration wait) {
        CompletableFuture<?> running = refreshIfOld();
        if (clients().anyMatch(client -> !client.state(List.of()).asked())) {
            await(running, wait.toNanos());
        }
        return clients()
                .filter(ModelServerClient::exists)
                .map(client -> client.state(choices(client)))
                .toList();
    }

    /** Ends every answer under way, with kind CANCELLED, and the background work of this package. */
    public void close() {
        timer.shutdownNow();
        demo.close();
        transport.close();
    }

    // Looking for models

    /** Asks every server again which models it has; returns at once. */
    public void refreshAll() {
        var unused = refresh();
    }

    private CompletableFuture<?> refreshIfOld() {
        synchronized (lock) {
            boolean old = clock.getAsLong() - searched > FRESH.toNanos();
            return search.isDone() && old ? refresh() : search;
        }
    }

    private CompletableFuture<?> refresh() {
        synchronized (lock) {
            searched = clock.getAsLong();
            search = refreshAll(clients().toList());
            return search;
        }
    }

    private CompletableFuture<?> refreshAll(List<ModelServerClient> clients) {
        return CompletableFuture.allOf(clients.stream()
                .map(client -> client.refresh().thenAccept(failed -> {
                    report(client, failed);
                    learn();
                }))
                .toArray(CompletableFuture<?>[]::new));
    }

    /** Logs what changed, not every repetition of it; that nothing listens at a probed place is no news. */
    private void report(ModelServerClient client, Delta.@Nullable Failed failed) {
        String state = failed == null ? "answers" : failed.kind().toString();
        String before = reports.put(client.id(), state);
        if (!state.equals(before) && (client.origin() != Origin.FOUND || before != null || failed == null)) {
            Level level = failed == null ? Level.INFO : Level.WARNING;
            LOG.log(level, "Model server {0}: {1}", client.id(), state);
        }
    }

    private void learn() {
        synchronized (lock) {
            List<Model> models = clients()
                    .flatMap(client -> choices(client).stream())
                    .filter(ServerStatus.Choice::offered)
                    .sorted(Comparator.comparing(ModelRegistry::isForEmbedding)) // stable: otherwise as listed
                    .map(choice -> new Model(choice.id(), choice.label(), false))
                    .toList();
            known = models.isEmpty() ? List.of(DEMO) : models;
        }
    }

    /** The models of a server: the one that the settings want, those that are pinned, then the others as listed. */
    private List<ServerStatus.Choice> choices(ModelServerClient client) {
        Set<String> names = new LinkedHashSet<>();
        if (wanted != null && client.origin() == Origin.SETTINGS) {
            names.add(wanted);
        }
        String prefix = client.id() + "/";
        List<ModelConfig> told = configs.values().stream()
                .filter(config -> config.model().startsWith(prefix))
                .toList();
        told.stream().filter(ModelConfig::pinned).forEach(config -> names.add(name(config.model())));
        names.addAll(client.names());
        told.forEach(config -> names.add(name(config.model())));
        Set<String> listed = Set.copyOf(client.names());
        return names.stream()
                .filter(name -> prefix.length() + name.length() <= LONGEST_ID)
                .map(name -> choice(client, name, listed.contains(name)))
                .toList();
    }

    private ServerStatus.Choice choice(ModelServerClient client, String name, boolean listed) {
        String id = client.id() + "/" + name;
        ModelConfig told = configs.get(id);
        boolean isWanted = client.origin() == Origin.SETTINGS && name.equals(wanted);
        boolean shown = told == null ? !client.chosenOnly() : !told.hidden();
        boolean offered = isWanted || (shown && !client.hidden());
        return new ServerStatus.Choice(id, name, label(client, name), offered, listed, isWanted, told != null);
    }

    /** Such models cannot chat, but no list says so other than by the name. */
    private static boolean isForEmbedding(ServerStatus.Choice choice) {
        return !choice.tuned() && choice.name().toLowerCase(Locale.ROOT).contains("embed");
    }
}
