package app.patter.answer;

import app.patter.cluster.Activity;
import app.patter.cluster.Nodes;
import app.patter.cluster.Signal;
import app.patter.concurrent.Executors;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.Access;
import app.patter.conversation.AnswerEnded;
import app.patter.conversation.Approvals;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.MessageStore;
import app.patter.conversation.Transcripts;
import app.patter.journal.AnswerBuffer;
import app.patter.journal.Completion;
import app.patter.journal.Journal;
import app.patter.model.ModelRegistry;
import app.patter.tool.Images;
import app.patter.tool.ToolRegistry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The generations that run on this node. */
@ApplicationScoped
public class Generations {

    private static final Logger LOG = System.getLogger(Generations.class.getName());

    /** Longest time, in seconds, that somebody who pressed Stop waits for the last text to be saved. */
    private static final int PATIENCE = 5;

    @Inject
    private MessageStore messageStore;

    @Inject
    private Transcripts transcripts;

    @Inject
    private Journal journal;

    @Inject
    private ModelRegistry models;

    @Inject
    private Executors executors;

    @Inject
    private ToolRegistry tools;

    @Inject
    private Images images;

    @Inject
    private Approvals approvals;

    @Inject
    private Nodes nodes;

    @Inject
    private AnswerLimits limits;

    @Inject
    private MeterRegistry registry;

    @Inject
    private Activity activity;

    @Inject
    private Event<AnswerEnded> ended;

    private GenerationMeters meters;

    private final int retries = (int) Settings.ofProcess().number(Setting.PROVIDER_RETRIES);

    private final Duration toolTimeout = Settings.ofProcess().duration(Setting.TOOL_TIMEOUT);
    private final int mostRounds = (int) Settings.ofProcess().number(Setting.TOOL_ROUNDS);

    private final int mostCalls = (int) Settings.ofProcess().number(Setting.TOOL_CALLS);

    private final ToolSupportCache toolSupport = new ToolSupportCache(Ticker.systemTicker());

    private final Map<UUID, Generation> running = new ConcurrentHashMap<>();

    @PostConstruct
    void measure() {
        meters = new GenerationMeters(registry);
        Gauge.builder("patter.generations", running, Map::size)
                .description("Answers that this node is writing")
                .register(registry);
    }

    /** Lets an answer go on that has waited for a person; returns at once. */
    void resume(Access access, GenerationTicket ticket) {
        limits.resume(access.account());
        start(access, ticket);
    }

    /** Starts to write a message that the database holds already, and that was admitted; returns at once. */
    public void start(Access access, GenerationTicket ticket) {
        start(access, ticket, (PromptBuilder.Told) null);
    }

    /** @param question what it answers if nothing comes before that, so that nobody has to read it; null to be read */
    void start(Access access, GenerationTicket ticket, @Nullable String question) {
        start(access, ticket, question == null ? null : PromptBuilder.question(question));
    }

    private void start(Access access, GenerationTicket ticket, PromptBuilder.@Nullable Told known) {
        AnswerBuffer buffer = journal.open(ticket);
        buffer.outcome().thenRun(() -> limits.release(access.account()));
        try {
            start(access, ticket, buffer, known);
        } catch (RuntimeException | Error e) {
            // The message is in the database by now, and would be queued for ever.
            buffer.end(new Completion(MessageState.FAILED, AnswerErrorCode.UNASKED.with(), null, null));
            LOG.log(Level.ERROR, "Message " + ticket.message() + " could not be started", e);
        }
    }

    private void start(
            Access access, GenerationTicket ticket, AnswerBuffer buffer, PromptBuilder.@Nullable Told known) {
        Generation generation = new Generation(
                buffer,
                retries(ticket.model()),
                new ConversationPort(access, ticket, services(), known, next -> resume(access, next)),
                mostRounds,
                this::later,
                meters);
        running.put(ticket.message(), generation);
        activity.begins(access, ticket);
        buffer.outcome().thenRun(() -> {
            running.remove(ticket.message(), generation); // a newer one may have taken its place
            activity.ends(access, ticket);
        });
        AnswerEnds.tell(access, buffer, ended::fire);
        // Reading a long conversation takes a while, and after a start tool servers are asked first what they have.
        var unused = tools.ready().thenRunAsync(generation::ask, executors.answers());
    }

    private Toolbox toolbox() {
        return new Toolbox(tools.available(), Set.of(), toolTimeout, executors.tools(), images, mostCalls);
    }

    private ConversationPort.Services services() {
        return new ConversationPort.Services(transcripts, models, approvals, nodes, toolSupport, this::toolbox);
    }

    private RetryPolicy retries(String model) {
        List<String> order = new ArrayList<>(List.of(model));
        order.addAll(models.fallbacks(model));
        return new RetryPolicy(order, retries, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** All that a generation does later begins with a look into the database. */
    private void later(Duration pause, Runnable work) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, executors.answers())
                .execute(work);
    }

    /** Sees what a person has decided about the calls of a message, if this node is writing it. */
    void decided(@Observes Signal.CallDecided signal) {
        Generation generation = running.get(signal.message());
        if (generation != null) {
            generation.poll();
        }
    }

    /**
     * Stops answers, wherever they are being written, and waits a moment until what they have is saved.
     *
     * @param messages of one conversation
     */
    public void stop(UUID conversation, List<UUID> messages) {
        List<CompletableFuture<?>> ends = new ArrayList<>();
        List<UUID> elsewhere = new ArrayList<>();
        for (UUID message : messages) {
            Generation generation = running.get(message);
            if (generation == null) {
                elsewhere.add(message);
            } else {
                ends.add(generation.stop(MessageState.STOPPED).toCompletableFuture());
            }
        }
        if (!elsewhere.isEmpty()) {
            messageStore.end(conversation, elsewhere, MessageState.STOPPED);
        }
        await(ends);
    }

    private static void await(List<CompletableFuture<?>> ends) {
        try {
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(PATIENCE, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.WARNING, "Stopped answers wait to be saved.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ids of the messages that this node is writing. */
    public List<UUID> running() {
        return List.copyOf(running.keySet());
    }
}
