package app.patter.conversation;

import java.util.Optional;
import java.util.UUID;

/**
 * Proves that an account may read or write a conversation. Everything that reads or writes a conversation takes one, and
 * only {@link AccessControl} gives them out. It says what was so when it was given: a conversation that has been deleted
 * since is found to be gone by whoever reads it. Immutable.
 */
public final class Access {

    private final UUID account;
    private final UUID conversation;
    private final UUID owner;
    private final Permission permission;

    private Access(UUID account, UUID conversation, UUID owner, Permission permission) {
        this.account = account;
        this.conversation = conversation;
        this.owner = owner;
        this.permission = permission;
    }

    /** What the rules let an account do; empty if none of them permits it. */
    static Optional<Access> of(
            Iterable<AccessRule> rules, UUID account, Conversation conversation, Permission permission) {
        for (AccessRule rule : rules) {
            if (rule.permits(account, conversation, permission)) {
                return Optional.of(new Access(account, conversation.id(), conversation.owner(), permission));
            }
        }
        return Optional.empty();
    }

    /** The account that reads or writes, whose share of threads and streams that takes. */
    public UUID account() {
        return account;
    }

    /** Id of the conversation. */
    public UUID conversation() {
        return conversation;
    }

    /** The account in whose list the conversation stands. */
    public UUID owner() {
        return owner;
    }

    /** For what changes the conversation. */
    void requireWrite() {
        if (permission != Permission.WRITE) {
            throw new IllegalArgumentException("this access is for reading");
        }
    }
}
