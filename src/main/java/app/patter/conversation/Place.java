package app.patter.conversation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a new message stands. Whoever makes one holds the conversation's lock, so that no other message gets its number.
 *
 * @param parent   the message that it answers or follows; null for the first
 * @param sequence position in its conversation, from 1
 */
record Place(UUID conversation, @Nullable UUID parent, long sequence) {}
