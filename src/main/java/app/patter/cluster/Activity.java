package app.patter.cluster;

import app.patter.conversation.Access;
import app.patter.conversation.Conversations;
import app.patter.conversation.GenerationTicket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Where answers are being written, for the lists of conversations. Thread-safe. */
@ApplicationScoped
public class Activity {

    @Inject
    private Bus bus;

    @Inject
    private Nodes nodes;

    @Inject
    private Conversations conversations;

    /** What this node writes, by owner of the conversations. */
    private final Map<UUID, Set<GenerationTicket>> here = new ConcurrentHashMap<>();

    /** This node has begun to write an answer. */
    public void begins(Access access, GenerationTicket ticket) {
        here.compute(access.owner(), (owner, tickets) -> {
            Set<GenerationTicket> all = tickets == null ? ConcurrentHashMap.newKeySet() : tickets;
            all.add(ticket);
            return all;
        });
        bus.publish(new Signal.ActivityChanged(access.owner()));
    }

    /** This node writes that answer no more. */
    public void ends(Access access, GenerationTicket ticket) {
        here.computeIfPresent(access.owner(), (owner, tickets) -> {
            tickets.remove(ticket);
            return tickets.isEmpty() ? null : tickets;
        });
        bus.publish(new Signal.ActivityChanged(access.owner()));
    }

    /**
     * Ids of the account's own conversations in which answers are being written, on whatever node. Asks the database only
     * while there are other nodes.
     */
    public Set<UUID> of(UUID account) {
        return nodes.alone()
                ? here.getOrDefault(account, Set.of()).stream()
                        .map(GenerationTicket::conversation)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.copyOf(conversations.running(account));
    }
}
