package app.patter.container;

import app.patter.conversation.ConversationAdvanced;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Ends transactions for want of memory, as if a large page had just taken the rest of it. */
@ApplicationScoped
public class Shortage {

    private final Set<UUID> next = ConcurrentHashMap.newKeySet();

    /** Lets the next transaction fail that advances a conversation. */
    public void hit(UUID conversation) {
        next.add(conversation);
    }

    /** Whether a transaction has failed for it. */
    public boolean hasHit(UUID conversation) {
        return !next.contains(conversation);
    }

    void advancing(@Observes ConversationAdvanced event) {
        if (next.remove(event.conversation())) {
            throw new OutOfMemoryError("a test says so");
        }
    }
}
