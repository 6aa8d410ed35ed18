package app.patter.upstream;

import app.patter.system.Setting;
import app.patter.system.Settings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
import org.jspecify.annotations.Nullable;

/**
 * The models that can be asked now: those of the configured server, or those of servers found on loopback, or else the
 * demo. Thread-safe. Looks for them once when it is made and again whenever somebody asks and what is known is older
 * than 30 s; nobody waits for that but the first, and at most a second.
 */
public final class Models {

    private static final Logger LOG = System.getLogger(Models.class.getName());

    private static final Model DEMO = new Model(Demo.ID + "/" + Demo.MODEL, Demo.LABEL, true);
    private static final String CONFIGURED = "openai";

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration PROBE = Duration.ofSeconds(1);
    /** A list on the internet takes longer than one on loopback. */
    private static final Duration LISTING = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor timer;
    private final LongSupplier clock;
    private final @Nullable String wanted;
    private final boolean configured;
    private final boolean reasoning;
    private final List<String> fallbacks;
    private final Transport transport;
    private final Demo demo;
    private final List<HttpUpstream> servers;
    private final Map<String, String> reports = new ConcurrentHashMap<>();

    private final long made = System.nanoTime();
    private final CompletableFuture<?> first;
    private volatile List<Model> known = List.of(DEMO);
    /** Upstreams that have answered once: they stay askable and explain themselves when they are gone. */
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

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
     * @throws app.patter.system.SettingException if a setting cannot be used
     */
    public Models(Settings settings, Executor executor, Supplier<List<Document>> documentation) {
        this(settings, executor, documentation, LOOPBACK, System::nanoTime);
    }

    /** For tests: looks at other places, and tells the time by {@code clock}, in nanoseconds. */
    Models(
            Settings settings,
            Executor executor,
            Supplier<List<Document>> documentation,
            List<Probe> probes,
            LongSupplier clock) {
        this.clock = clock;
        this.timer = timer();
        this.transport = new Transport(
                executor, timer, settings.duration(Setting.UPSTREAM_CONNECT), settings.duration(Setting.UPSTREAM_IDLE));
        this.demo = new Demo(documentation, settings.number(Setting.DEMO_RATE), executor, timer);
        Optional<URI> address = settings.address(Setting.OPENAI_URL);
        this.configured = address.isPresent();
        this.reasoning = configured && settings.on(Setting.OPENAI_REASONING);
        this.fallbacks =
                configured ? names(settings.text(Setting.OPENAI_FALLBACKS).orElse("")) : List.of();
        this.wanted = configured ? settings.text(Setting.OPENAI_MODEL).orElse(null) : null;
        this.servers = address.map(base -> List.of(configured(settings, base, transport)))
                .orElseGet(() -> settings.on(Setting.DISCOVERY) ? found(settings, probes, transport) : List.of());
        if (!configured && settings.text(Setting.OPENAI_KEY).isPresent()) {
            LOG.log(Level.WARNING, "PATTER_OPENAI_KEY is set without PATTER_OPENAI_URL and therefore not used");
        }
        if (!configured && !settings.choice(Setting.OPENAI_DIALECT).equals(Setting.OPENAI_DIALECT.standard())) {
            LOG.log(Level.WARNING, "PATTER_OPENAI_DIALECT is set without PATTER_OPENAI_URL and therefore not used");
        }
        if (wanted != null) {
            known = List.of(new Model(CONFIGURED + "/" + wanted, wanted, false));
        }
        this.first = refresh();
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "patter-upstream-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static HttpUpstream configured(Settings settings, URI base, Transport transport) {
        return new HttpUpstream(
                CONFIGURED,
                base.getHost(),
                base,
                settings.text(Setting.OPENAI_KEY).orElse(null),
                true,
                Dialects.named(settings.choice(Setting.OPENAI_DIALECT)),
                LISTING,
                transport);
    }

    private static List<HttpUpstream> found(Settings settings, List<Probe> probes, Transport transport) {
        int ourPort = settings.address(Setting.URL).map(URI::getPort).orElse(-1);
        return probes.stream()
                .filter(probe -> probe.base().getPort() != ourPort)
                .map(probe -> new HttpUpstream(
                        probe.id(), probe.label(), probe.base(), null, false, probe.dialect(), PROBE, transport))
                .toList();
    }

    /** Every model, best first; never empty: the demo is there when nothing else is. */
    public List<Model> all() {
        CompletableFuture<?> running = refreshIfOld();
        if (!first.isDone()) {
            await(running);
        }
        return known;
    }

    private void await(CompletableFuture<?> search) {
        long left = FIRST_WAIT.toNanos() - (System.nanoTime() - made);
        try {
            search.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // what is known by now is answered
        }
    }

    /** The model for new conversations: the one set by {@code PATTER_OPENAI_MODEL}, else the first. */
    public Model preferred() {
        return all().get(0);
    }

    /** What people call a model, also one that cannot be asked any more; empty for none. */
    public String label(@Nullable String id) {
        return id == null ? "" : find(id).map(Model::label).orElseGet(() -> unlisted(id));
    }

    /** Of the configured server the name alone; it may have models that it does not list. */
    private String unlisted(String id) {
        String prefix = CONFIGURED + "/";
        return configured && id.startsWith(prefix) ? id.substring(prefix.length()) : id;
    }

    /** The model with this id, if it can be asked now; the demo always can. */
    public Optional<Model> find(String id) {
        if (id.equals(DEMO.id())) {
            return Optional.of(DEMO);
        }
        return all().stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /**
     * Asks a model and returns at once; the answer, or why there is none, reaches {@code deltas}. Whether a server
     * knows a model is for the server to say: it may know more than it lists, and a list may be out of date.
     *
     * @param modelId a {@link Model#id()}
     */
    public Upstream.Call ask(String modelId, List<Turn> turns, Deltas deltas) {
        return ask(modelId, turns, List.of(), deltas);
    }

    /** The same for a model that may call tools; the demo never does. */
    public Upstream.Call ask(String modelId, List<Turn> turns, List<Tool> tools, Deltas deltas) {
        int slash = modelId.indexOf('/');
        String upstream = slash < 0 ? modelId : modelId.substring(0, slash);
        String name = slash < 0 ? "" : modelId.substring(slash + 1);
        if (modelId.equals(DEMO.id())) {
            return demo.ask(new Prompt(name, turns), deltas);
        }
        for (HttpUpstream server : servers) {
            if (server.id().equals(upstream) && !name.isBlank() && (configured || seen.contains(upstream))) {
                return server.ask(new Prompt(name, turns, tools, reasoning), deltas);
            }
        }
        new Delivery(deltas).end(Faults.unknownModel(modelId));
        return () -> {};
    }

    /** The models to ask instead, in order, when one fails before it has written anything; ids, not modifiable. */
    public List<String> fallbacks(String modelId) {
        return fallbacks.stream().filter(id -> !id.equals(modelId)).toList();
    }

    private static List<String> names(String separated) {
        return Arrays.stream(separated.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(name -> CONFIGURED + "/" + name)
                .toList();
    }

    /** Ends every answer under way, with kind CANCELLED, and the background work of this package. */
    public void close() {
        timer.shutdownNow();
        demo.close();
        transport.close();
    }

    // Looking for models

    private CompletableFuture<?> refreshIfOld() {
        synchronized (lock) {
            boolean old = clock.getAsLong() - searched > FRESH.toNanos();
            return search.isDone() && old ? refresh() : search;
        }
    }

    private CompletableFuture<?> refresh() {
        synchronized (lock) {
            Map<HttpUpstream, CompletableFuture<List<String>>> lists = new LinkedHashMap<>();
            servers.forEach(server -> lists.put(server, list(server)));
            searched = clock.getAsLong();
            search = CompletableFuture.allOf(lists.values().toArray(CompletableFuture<?>[]::new))
                    .thenRun(() -> learn(lists));
            return search;
        }
    }

    /** Its models, or none. */
    private CompletableFuture<List<String>> list(HttpUpstream server) {
        return server.list().handle((names, thrown) -> {
            report(server, thrown);
            if (thrown == null) {
                seen.add(server.id());
                return names;
            }
            return List.of();
        });
    }

    /** Logs what changed, not every repetition of it; that nothing listens at a probed place is no news. */
    private void report(HttpUpstream server, @Nullable Throwable thrown) {
        String state = "answers";
        if (thrown != null) {
            Throwable reason = thrown.getCause() == null ? thrown : thrown.getCause();
            state = reason instanceof UpstreamException known
                    ? known.failed().kind().toString()
                    : reason.getClass().getSimpleName();
        }
        String before = reports.put(server.id(), state);
        if (!state.equals(before) && (configured || before != null || thrown == null)) {
            Level level = thrown == null ? Level.INFO : Level.WARNING;
            LOG.log(level, "Model server {0}: {1}", server.id(), state);
        }
    }

    private void learn(Map<HttpUpstream, CompletableFuture<List<String>>> lists) {
        Set<Model> models = new LinkedHashSet<>();
        if (wanted != null) {
            models.add(new Model(CONFIGURED + "/" + wanted, wanted, false));
        }
        List<Model> listed = new ArrayList<>();
        lists.forEach((server, names) -> names.join().forEach(name -> listed.add(model(server, name))));
        listed.sort(Comparator.comparing(Models::isForEmbedding)); // stable: otherwise as listed
        models.addAll(listed);
        if (models.isEmpty() && configured && known.stream().noneMatch(Model::demo)) {
            return; // a server that was there a moment ago: its models stay choosable and explain what is wrong
        }
        known = models.isEmpty() ? List.of(DEMO) : List.copyOf(models);
    }

    private Model model(HttpUpstream server, String name) {
        String label = configured ? name : name + " (" + server.label() + ")";
        return new Model(server.id() + "/" + name, label, false);
    }

    /** Such models cannot chat, but no list says so other than by the name. */
    private static boolean isForEmbedding(Model model) {
        return model.id().toLowerCase(Locale.ROOT).contains("embed");
    }
}
