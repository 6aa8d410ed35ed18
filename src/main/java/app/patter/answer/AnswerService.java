package app.patter.answer;

import app.patter.answer.InvalidMessageException.Reason;
import app.patter.cluster.Nodes;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.Approvals;
import app.patter.conversation.Conversations;
import app.patter.conversation.Conversations.Sent;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.UnknownConversationException;
import app.patter.model.Model;
import app.patter.model.ModelRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a person or a program does to a conversation's messages: send, try again, continue, stop, decide. What
 * is stored here is also started, once it is committed; this class therefore has no transaction of its own. All methods
 * throw {@link UnknownConversationException} if the owner has no such conversation or message.
 */
@ApplicationScoped
public class AnswerService {

    @Inject
    private Conversations conversations;

    @Inject
    private Approvals approvals;

    @Inject
    private Generations generations;

    @Inject
    private Nodes nodes;

    @Inject
    private ModelRegistry models;

    private final long longestText = Settings.ofProcess().number(Setting.PROMPT_LIMIT);

    /** Characters that a message may have. */
    public long longestText() {
        return longestText;
    }

    /**
     * Begins a conversation with a message, which begins an answer; does nothing if that was done before with the same
     * id.
     *
     * @param conversation id of the conversation, chosen by the sender
     */
    public void begin(UUID owner, UUID conversation, NewMessage message) throws InvalidMessageException {
        String model = check(message);
        start(owner, conversations.begin(owner, conversation, message.id(), message.text(), model, nodes.self()));
    }

    /**
     * Sends a message, which begins an answer; does nothing if it was sent before.
     *
     * @return id of the answer; empty if the message was sent before
     */
    public Optional<UUID> send(UUID owner, UUID conversation, NewMessage message) throws InvalidMessageException {
        String model = check(message);
        return start(
                owner,
                conversations.send(
                        owner, conversation, message.id(), message.parent(), message.text(), model, nodes.self()));
    }

    private Optional<UUID> start(UUID owner, Sent sent) {
        GenerationTicket ticket = sent.ticket();
        if (ticket == null) {
            return Optional.empty();
        }
        generations.start(owner, ticket);
        return Optional.of(ticket.message());
    }

    /** The id of the model to ask. */
    private String check(NewMessage message) throws InvalidMessageException {
        if (message.text().isBlank()) {
            throw new InvalidMessageException(Reason.EMPTY);
        }
        if (message.text().length() > longestText) {
            throw new InvalidMessageException(Reason.TOO_LONG);
        }
        String wanted = message.model();
        return models.find(wanted == null ? models.preferred().id() : wanted)
                .map(Model::id)
                .orElseThrow(() -> new InvalidMessageException(Reason.UNKNOWN_MODEL));
    }

    /**
     * Asks for another answer to the message that the given one answers.
     *
     * @param model id of the model to ask; null for the one that wrote the given answer
     */
    public void retry(UUID owner, UUID conversation, UUID message, @Nullable String model) {
        generations.start(owner, conversations.retry(owner, conversation, message, model, nodes.self()));
    }

    /** Continues an answer where it ended; does nothing if it is being written. */
    public void resume(UUID owner, UUID conversation, UUID message) {
        conversations
                .resume(owner, conversation, message, nodes.self())
                .ifPresent(ticket -> generations.start(owner, ticket));
    }

    /** Stops an answer, on whatever node it is written, and keeps what it has. */
    public void stop(UUID owner, UUID conversation, UUID message) {
        requireOwner(owner, conversation);
        generations.stop(
                conversation,
                conversations.active(conversation).stream()
                        .filter(message::equals)
                        .toList());
    }

    /** Stops every answer that is being written in a conversation. */
    public void stopAll(UUID owner, UUID conversation) {
        requireOwner(owner, conversation);
        generations.stop(conversation, conversations.active(conversation));
    }

    /**
     * Notes what a person has decided about a tool call, which begins at once if it may, on whatever node its answer is.
     *
     * @param decision its name, as {@link Decisions} reads it
     */
    public void decide(UUID owner, UUID conversation, UUID message, String call, String decision) {
        requireOwner(owner, conversation);
        approvals
                .decide(owner, conversation, message, call, Decisions.of(decision), nodes.self())
                .ifPresent(ticket -> generations.start(owner, ticket));
        generations.poll(message);
    }

    private void requireOwner(UUID owner, UUID conversation) {
        if (conversations.find(owner, conversation).isEmpty()) {
            throw new UnknownConversationException();
        }
    }
}
