package app.patter.conversation;

import app.patter.chat.ToolCall;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What people decide about calls of tools that wait for permission. */
@ApplicationScoped
@Transactional
public class Approvals {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private MessageStore messages;

    /** Makes this bean when Patter starts: Payara leaves the entity manager out of one that is made on a thread of ours. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    /** What a person may decide. */
    public enum Decision {
        /** This call, this time. */
        ONCE,
        /** Every call of this tool in this conversation. */
        ALWAYS,
        /** Not this one. */
        REFUSE
    }

    /**
     * Notes what a person has decided about a call. With the last decision that an answer waits for, it goes on; while
     * other calls of it run, whoever runs them {@linkplain #decisions looks}.
     *
     * @param grants what is allowed with the tool of that name
     * @return the answer to go on with; empty while other calls run or wait, or when there is nothing to decide any more
     * @throws UnknownConversationException if there is no such call in an answer of this conversation
     */
    public Optional<GenerationTicket> decide(
            Access access, UUID message, String call, Decision decision, UUID node, UnaryOperator<String> grants) {
        MessageState state = messages.lockAnswer(access, message).state();
        if (state.ended()) {
            return Optional.empty();
        }
        List<ToolCall> asking = asking(message, state);
        String tool = asking.stream()
                .filter(waiting -> waiting.id().equals(call))
                .map(ToolCall::name)
                .findFirst()
                .orElse(null);
        if (tool == null && state.active()) {
            return Optional.empty(); // decided on another page, and begun
        }
        if (tool == null) {
            throw new UnknownConversationException();
        }
        Set<String> decided = new HashSet<>(decisions(message).keySet());
        for (ToolCall waiting : asking) {
            boolean meant = waiting.id().equals(call)
                    || (decision == Decision.ALWAYS && waiting.name().equals(tool));
            if (meant && decided.add(waiting.id())) {
                entities.persist(new Approval(UUID.randomUUID(), message, waiting.id(), decision != Decision.REFUSE));
            }
        }
        String grant = grants.apply(tool);
        if (decision == Decision.ALWAYS && !allowed(access).contains(grant)) {
            entities.persist(new ToolGrant(UUID.randomUUID(), access.conversation(), grant));
        }
        entities.flush();
        return state == MessageState.WAITING && areDecided(asking, decided)
                ? messages.resume(access, message, node)
                : Optional.empty();
    }

    /**
     * Lets an answer go on that waits although everything is decided: the last decision came after its calls were looked
     * at, and before it was saved that it waits.
     *
     * @return the answer to go on with; empty if it waits for a person, or does not wait any more
     */
    public Optional<GenerationTicket> resume(Access access, UUID message, UUID node) {
        return areDecided(
                                asking(message, MessageState.WAITING),
                                decisions(message).keySet())
                        && messages.lockAnswer(access, message).state() == MessageState.WAITING
                ? messages.resume(access, message, node)
                : Optional.empty();
    }

    /** An answer that waits does so for all its open calls, also one that waits since before it was written down which. */
    private List<ToolCall> asking(UUID message, MessageState state) {
        List<ModelCall> rounds = ModelCall.of(Segment.of(messages.segments(message)));
        if (rounds.isEmpty()) {
            return List.of();
        }
        ModelCall newest = rounds.get(rounds.size() - 1);
        return state == MessageState.WAITING ? newest.open() : newest.asking();
    }

    private static boolean areDecided(List<ToolCall> asking, Set<String> decided) {
        return asking.stream().allMatch(call -> decided.contains(call.id()));
    }

    /** What was decided about an answer's calls: whether each is allowed, by its id. */
    public Map<String, Boolean> decisions(UUID message) {
        return entities.createNamedQuery(Approval.OF_MESSAGES, Approval.class)
                .setParameter("messages", List.of(message))
                .getResultStream()
                .collect(Collectors.toMap(Approval::call, Approval::allowed));
    }

    /** What may be called in a conversation without asking again: the tool under this name, as it was then. */
    public Set<String> allowed(Access access) {
        return Set.copyOf(entities.createNamedQuery(ToolGrant.OF_CONVERSATION, String.class)
                .setParameter("conversation", access.conversation())
                .getResultList());
    }
}
