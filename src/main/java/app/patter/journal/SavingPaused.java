package app.patter.journal;

import java.util.Set;
import java.util.UUID;

/** Text of these conversations could not be saved, or can be again; until then it is kept in memory and not shown. */
public record SavingPaused(Set<UUID> conversations, boolean paused) {}
