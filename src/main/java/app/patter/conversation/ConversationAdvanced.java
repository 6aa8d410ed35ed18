package app.patter.conversation;

import java.util.UUID;

/**
 * A conversation stands at a new revision. Fired inside the transaction, to be observed after it succeeded. Only a
 * wake-up: losing, doubling or reordering it does no harm.
 */
public record ConversationAdvanced(UUID conversation, long revision) {}
