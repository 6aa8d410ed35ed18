package app.patter.model;

import app.patter.chat.ChatMessage;
import app.patter.chat.Prices;
import app.patter.chat.ToolSpec;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.provider.ChatRequest;
import app.patter.provider.Delta;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Origin;
import app.patter.provider.Parameters;
import app.patter.provider.Provider;
import app.patter.provider.ProviderErrors;
import app.patter.provider.demo.Demo;
import app.patter.provider.demo.Document;
import app.patter.provider.http.SerialDelivery;
import app.patter.provider.http.Transport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The models that can be asked now: those of the server in the settings, then those of servers that administrators have
 * added, then those of servers found on loopback, or else the demo. Thread-safe. {@link ModelDiscovery} finds out which
 * models there are, {@link ModelChoices} orders and names them, {@link ChatRequests} makes what they are sent.
 */
public final class ModelRegistry {

    private static final Logger LOG = System.getLogger(ModelRegistry.class.getName());

    private static final Model DEMO = ModelChoices.DEMO;

    private final ScheduledThreadPoolExecutor timer;
    private final Transport transport;
    private final Demo demo;
    private final ModelDefaults defaults;
    private final ModelServerFactory factory;
    private final ModelServers servers;
    private final ModelDiscovery discovery;

    private final Object lock = new Object();
    private volatile ModelChoices choices;
    private volatile List<Model> offered = List.of(DEMO);

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
        this(settings, executor, documentation, LoopbackServer.COMMON, System::nanoTime);
    }

    /** For tests: looks at other places, and tells the time by {@code clock}, in nanoseconds. */
    public ModelRegistry(
            Settings settings,
            Executor executor,
            Supplier<List<Document>> documentation,
            List<LoopbackServer> places,
            LongSupplier clock) {
        timer = timer();
        transport = new Transport(
                executor, timer, settings.duration(Setting.PROVIDER_CONNECT), settings.duration(Setting.PROVIDER_IDLE));
        demo = new Demo(documentation, settings.number(Setting.DEMO_RATE), executor, timer);
        defaults = ModelDefaults.of(settings);
        factory = new ModelServerFactory(transport);
        servers = new ModelServers(defaults.configured(), factory.fixed(settings, places));
        choices = new ModelChoices(defaults.wanted(), List.of());
        discovery = new ModelDiscovery(servers::all, clock, this::learn);
        learn();
        discovery.start();
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

    /**
     * From now on also offers and asks what administrators have added and said, in place of what it was given before.
     * Returns at once; new servers are asked for their models in the background. Answers under way go on.
     */
    public void use(Configuration configuration) {
        List<ModelServerClient> fresh;
        synchronized (lock) {
            fresh = servers.replaceAdded(
                    configuration.servers().stream().map(factory::added).toList());
            choices = new ModelChoices(defaults.wanted(), configuration.configs());
            learn();
        }
        discovery.refreshAlso(fresh);
    }

    private void learn() {
        synchronized (lock) {
            offered = choices.offered(
                    servers.all().stream().map(ModelServerClient::models).toList());
        }
    }

    /** Every model that people may choose, best first; never empty: the demo is there when nothing else is. */
    public List<Model> all() {
        discovery.refreshIfOld();
        return offered;
    }

    /** The model for new conversations: the one set by {@code PATTER_MODEL}, else the first. */
    public Model preferred() {
        return all().get(0);
    }

    /** The model with this id, if people may choose it now; the demo they always may. */
    public Optional<Model> find(String id) {
        return id.equals(DEMO.id())
                ? Optional.of(DEMO)
                : all().stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /** How people call a model, also one that is hidden or gone; empty for none. */
    public String label(@Nullable String id) {
        if (id == null) {
            return "";
        }
        if (id.equals(DEMO.id())) {
            return DEMO.label();
        }
        return servers.find(id)
                .map(client -> choices.label(client.models(), ModelId.of(id).name()))
                .orElse(id);
    }

    /**
     * The models to ask instead, in order, when one fails before it has written anything: those that an administrator has
     * said, else those of the settings.
     *
     * @return ids of models that can be asked; not modifiable
     */
    public List<String> fallbacks(String modelId) {
        List<String> said = choices.config(modelId).fallbacks();
        return (said.isEmpty() ? defaults.fallbacks() : said)
                .stream()
                        .filter(id -> !id.equals(modelId))
                        .filter(id -> id.equals(DEMO.id()) || server(id).isPresent())
                        .toList();
    }

    /** What a model costs; null if no administrator has said. */
    public @Nullable Prices prices(String modelId) {
        return choices.config(modelId).prices();
    }

    /** What marks the provider messages that a model may get back, as {@link Provider#source}; empty for the demo. */
    public String source(String modelId) {
        return servers.find(modelId)
                .map(client -> client.source(ModelId.of(modelId).name()))
                .orElse("");
    }

    /** Whether a model may be told of tools: agents call their own, and the demo calls none. */
    public boolean takesTools(String modelId) {
        return servers.find(modelId).map(client -> !client.isAgent()).orElse(false);
    }

    /** Whether it is an agent, which takes whatever it is asked for a task. */
    public boolean isAgent(String modelId) {
        return servers.find(modelId).map(ModelServerClient::isAgent).orElse(false);
    }

    /**
     * Asks a model and returns at once; the answer, or why there is none, reaches {@code handler}. Whether a server
     * knows a model is for the server to say: it may know more than it lists, and a list may be out of date. A model
     * that is hidden is asked too. What does not fit into the model's context is left out, the oldest first.
     *
     * @param modelId a {@link Model#id()}
     */
    public Provider.Call ask(Payer payer, String modelId, List<ChatMessage> messages, DeltaHandler handler) {
        return ask(payer, modelId, messages, List.of(), handler);
    }

    /** The same for a model that may call tools; the demo never does. */
    public Provider.Call ask(
            Payer payer, String modelId, List<ChatMessage> messages, List<ToolSpec> tools, DeltaHandler handler) {
        charge(payer, modelId);
        if (modelId.equals(DEMO.id())) {
            return demo.ask(new ChatRequest(Demo.MODEL, messages), handler);
        }
        ModelServerClient server = server(modelId).orElse(null);
        if (server == null) {
            return unknown(modelId, handler);
        }
        ModelConfig config = choices.config(modelId);
        boolean reasons = defaults.reasoning() && server.origin() == Origin.SETTINGS;
        Parameters parameters = ChatRequests.parameters(config, reasons);
        ChatRequests.Fitted next = ChatRequests.next(config, parameters, messages, tools);
        if (next.leftOut() > 0) {
            handler.accept(new Delta.HistoryTruncated(next.leftOut()));
        }
        return server.ask(next.request(), handler);
    }

    /** Asks a small thing on Patter's own behalf: without the model's system prompt, temperature and reasoning. */
    public Provider.Call askInternally(Payer payer, String modelId, List<ChatMessage> messages, DeltaHandler handler) {
        charge(payer, modelId);
        return servers.find(modelId)
                .filter(ModelServerClient::exists)
                .map(server -> server.ask(ChatRequests.internal(choices.config(modelId), messages), handler))
                .orElseGet(() -> unknown(modelId, handler));
    }

    private static void charge(Payer payer, String modelId) {
        LOG.log(Level.DEBUG, "{0} is asked; {1} pays.", modelId, payer);
    }

    private static Provider.Call unknown(String modelId, DeltaHandler handler) {
        new SerialDelivery(handler).end(ProviderErrors.unknownModel(modelId));
        return () -> {};
    }

    /** The server to ask for a model; empty if there is none, or the id names no model of it. */
    private Optional<ModelServerClient> server(String modelId) {
        return ModelId.of(modelId).name().isBlank()
                ? Optional.empty()
                : servers.find(modelId).filter(ModelServerClient::exists);
    }

    /**
     * Every server with all of its models, in their order, for administrators. Servers on loopback are left out that have
     * never answered.
     *
     * @param wait longest time to wait for servers that have not said yet which models they have
     */
    public List<ServerStatus> servers(Duration wait) {
        discovery.awaitAll(wait);
        return servers.all().stream()
                .filter(ModelServerClient::exists)
                .map(client -> client.state(choices.of(client.models())))
                .toList();
    }

    /** Asks every server again which models it has; returns at once. */
    public void refreshAll() {
        var unused = discovery.refresh();
    }

    /** Ends every answer under way, with kind CANCELLED, and the background work of this package. */
    public void close() {
        timer.shutdownNow();
        demo.close();
        transport.close();
    }
}
