package app.patter.answer;

import app.patter.answer.InvalidMessageException.Reason;
import app.patter.cluster.Bus;
import app.patter.cluster.Nodes;
import app.patter.cluster.Signal;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.Access;
import app.patter.conversation.AlreadyThereException;
import app.patter.conversation.Approvals;
import app.patter.conversation.CatchUp;
import app.patter.conversation.ConversationBegun;
import app.patter.conversation.Corrections;
import app.patter.conversation.Deletions;
import app.patter.conversation.Deletions.Deletion;
import app.patter.conversation.Deletions.Scope;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageStore;
import app.patter.conversation.MessageStore.Sent;
import app.patter.conversation.UnknownConversationException;
import app.patter.model.Model;
import app.patter.model.ModelRegistry;
import app.patter.tool.AvailableTool;
import app.patter.tool.ToolRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a person or a program does to a conversation's messages: send, try again, continue, stop, decide. What
 * is stored here is also started, once it is committed; this class therefore has no transaction of its own. All methods
 * throw {@link UnknownConversationException} if there is no such message in the conversation, or no such conversation.
 */
@ApplicationScoped
public class AnswerService {

    @Inject
    private MessageStore messageStore;

    @Inject
    private Corrections corrections;

    @Inject
    private Deletions deletions;

    @Inject
    private Approvals approvals;

    @Inject
    private Generations generations;

    @Inject
    private Event<ConversationBegun> conversationBegun;

    @Inject
    private Bus bus;

    @Inject
    private Nodes nodes;

    @Inject
    private ModelRegistry models;

    @Inject
    private AnswerLimits limits;

    @Inject
    private ToolRegistry tools;

    private final long longestText = Settings.ofProcess().number(Setting.PROMPT_LIMIT);

    /** Characters that a message may have. */
    public long longestText() {
        return longestText;
    }

    /**
     * Begins a conversation with a message, which begins an answer. If that was done before, the message is sent there,
     * which does nothing if it was sent before.
     *
     * @param account      whose conversation it will be
     * @param conversation id of the conversation, chosen by the sender
     */
    public void begin(UUID account, UUID conversation, NewMessage message) throws InvalidMessageException {
        String model = check(message);
        start(account, () -> begun(account, conversation, message, model));
    }

    /**
     * Sends a message, which begins an answer; does nothing if it was sent before.
     *
     * @return without a ticket if the message was sent before
     */
    public Sent send(Access access, NewMessage message) throws InvalidMessageException {
        String model = check(message);
        return start(
                access.account(),
                () -> messageStore.send(
                        access, message.id(), message.placement(), message.text(), model, nodes.self()));
    }

    private Sent begun(UUID account, UUID conversation, NewMessage message, String model) {
        try {
            return messageStore.begin(account, conversation, message.id(), message.text(), model, nodes.self());
        } catch (AlreadyThereException e) {
            return messageStore.send(account, conversation, message.id(), message.text(), model, nodes.self());
        }
    }

    private Sent start(UUID account, Supplier<Sent> store) {
        boolean started = false;
        limits.admit(account);
        try {
            Sent sent = store.get();
            GenerationTicket ticket = sent.ticket();
            CatchUp whole = sent.whole();
            if (whole != null) {
                conversationBegun.fire(new ConversationBegun(sent.access().conversation(), whole));
            }
            if (ticket != null) {
                generations.start(
                        sent.access(),
                        ticket,
                        whole == null
                                ? null
                                : PromptBuilder.text(whole.added().get(0).segments()));
                started = true;
            }
            return sent;
        } finally {
            if (!started) {
                limits.release(account);
            }
        }
    }

    private void check(String text) throws InvalidMessageException {
        if (text.isBlank()) {
            throw new InvalidMessageException(Reason.EMPTY);
        }
        if (text.length() > longestText) {
            throw new InvalidMessageException(Reason.TOO_LONG);
        }
    }

    /** The id of the model to ask. */
    private String check(NewMessage message) throws InvalidMessageException {
        check(message.text());
        String wanted = message.model();
        return models.find(wanted == null ? models.preferred().id() : wanted)
                .map(Model::id)
                .orElseThrow(() -> new InvalidMessageException(Reason.UNKNOWN_MODEL));
    }

    /** Gives a question other words; its answers stay as they are. */
    public void correct(Access access, UUID question, String text) throws InvalidMessageException {
        check(text);
        corrections.correct(access, question, text);
    }

    /**
     * Asks for another answer to the message that the given one answers.
     *
     * @param model id of the model to ask; null for the one that wrote the given answer
     * @return id of the other answer
     */
    public UUID retry(Access access, UUID message, @Nullable String model) throws InvalidMessageException {
        if (model != null && models.find(model).isEmpty()) {
            throw new InvalidMessageException(Reason.UNKNOWN_MODEL);
        }
        Sent sent = start(
                access.account(),
                () -> new Sent(access, message, messageStore.retry(access, message, model, nodes.self())));
        return Objects.requireNonNull(sent.ticket()).message();
    }

    /** Continues an answer where it ended; does nothing if it is being written. */
    public void resume(Access access, UUID message) {
        start(
                access.account(),
                () -> new Sent(
                        access,
                        message,
                        messageStore.resume(access, message, nodes.self()).orElse(null)));
    }

    /** Stops an answer, on whatever node it is written, and keeps what it has. */
    public void stop(Access access, UUID message) {
        generations.stop(
                access.conversation(),
                messageStore.active(access).stream().filter(message::equals).toList());
    }

    /** Deletes a message and what belongs to it; answers of it that are being written end first. */
    public Deletion delete(Access access, UUID message, Scope scope) {
        Set<UUID> concerned = deletions.concerned(access, message, scope);
        generations.stop(
                access.conversation(),
                messageStore.active(access).stream().filter(concerned::contains).toList());
        return deletions.delete(access, message, scope);
    }

    /** Stops every answer that is being written in a conversation. */
    public void stopAll(Access access) {
        generations.stop(access.conversation(), messageStore.active(access));
    }

    /**
     * Notes what a person has decided about a tool call, which begins at once if it may, on whatever node its answer is.
     *
     * @param decision its name, as {@link Decisions} reads it
     */
    public void decide(Access access, UUID message, String call, String decision) {
        approvals
                .decide(access, message, call, Decisions.of(decision), nodes.self(), this::grant)
                .ifPresent(ticket -> generations.resume(access, ticket));
        bus.publish(new Signal.CallDecided(message));
    }

    private String grant(String tool) {
        AvailableTool known = tools.available().get(tool);
        return known == null ? tool : known.grant();
    }
}
