package app.patter.conversation;

import java.util.UUID;

/**
 * A conversation has begun, and is in the database. Fired by the node on which it did, before anything follows.
 *
 * @param shown all that a page shows of it
 */
public record ConversationBegun(UUID conversation, CatchUp shown) {}
