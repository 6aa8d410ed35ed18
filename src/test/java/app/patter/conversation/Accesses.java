package app.patter.conversation;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** Access for tests that have no database. */
public final class Accesses {

    private Accesses() {}

    /** What somebody may do who owns a conversation with this id. */
    public static Access owned(UUID owner, UUID conversation) {
        return Access.of(List.of(new OwnerRule()), owner, conversation(owner, conversation), Permission.WRITE)
                .orElseThrow();
    }

    static Conversation conversation(UUID owner, UUID id) {
        return new Conversation(id, owner, "A title", OffsetDateTime.parse("2026-11-30T12:00:00Z"));
    }
}
