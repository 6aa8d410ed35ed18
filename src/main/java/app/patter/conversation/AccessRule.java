package app.patter.conversation;

import java.util.UUID;

/** One reason for which an account may do something with a conversation. One rule that permits it is enough. Thread-safe. */
interface AccessRule {

    boolean permits(UUID account, Conversation conversation, Permission permission);
}
