package app.patter.cluster;

import java.util.UUID;

/**
 * What one node tells all nodes: that something is in the database by now. Ids only, and only a wake-up: losing, doubling
 * or reordering one does no harm, because whoever hears of it looks into the database.
 */
public sealed interface Signal {

    /** A conversation stands at this revision. */
    record ConversationAdvanced(UUID conversation, long revision) implements Signal {}

    /** An answer in one of this person's conversations has begun or ended. */
    record ActivityChanged(UUID owner) implements Signal {}

    /** A person has decided about a tool call of this message. */
    record CallDecided(UUID message) implements Signal {}

    /**
     * A person logged out, or revoked a token: what that opened must not stay open.
     *
     * @param key names the login or the token without being one
     */
    record LoginEnded(String key) implements Signal {}

    /** An account can be used no more: what is written for it must end. */
    record AccountDisabled(UUID account) implements Signal {}
}
