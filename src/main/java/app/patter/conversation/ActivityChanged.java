package app.patter.conversation;

import java.util.UUID;

/** An answer in one of the owner's conversations has begun or ended on this node. Only a wake-up: the database knows which. */
public record ActivityChanged(UUID owner) {}
