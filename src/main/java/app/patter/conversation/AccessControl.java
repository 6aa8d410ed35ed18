package app.patter.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** Says who may do what with a conversation. What somebody may not read does not exist for them. */
@ApplicationScoped
@Transactional
public class AccessControl {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Instance<AccessRule> rules;

    /** Access to a conversation; empty if it does not exist, or the account may not do that with it. */
    public Optional<Access> find(UUID account, UUID conversation, Permission permission) {
        return Optional.ofNullable(entities.find(Conversation.class, conversation))
                .flatMap(found -> Access.of(rules, account, found, permission));
    }

    /**
     * Access to a conversation.
     *
     * @throws UnknownConversationException if it does not exist, or the account may not do that with it
     */
    public Access open(UUID account, UUID conversation, Permission permission) {
        return find(account, conversation, permission).orElseThrow(UnknownConversationException::new);
    }

    /** Whether the account may do that with a conversation. */
    boolean permits(UUID account, Conversation conversation, Permission permission) {
        return Access.of(rules, account, conversation, permission).isPresent();
    }

    /** Access to one that is in the persistence context of the running transaction. */
    Access open(UUID account, Conversation conversation, Permission permission) {
        return Access.of(rules, account, conversation, permission).orElseThrow(UnknownConversationException::new);
    }
}
