package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccessTest {

    private final UUID owner = UUID.randomUUID();
    private final UUID reader = UUID.randomUUID();
    private final UUID stranger = UUID.randomUUID();
    private final Conversation conversation = Accesses.conversation(owner, UUID.randomUUID());

    private Optional<Access> access(UUID account, Permission permission, AccessRule... rules) {
        return Access.of(List.of(rules), account, conversation, permission);
    }

    @Test
    void theOwnerMayDoEverything() {
        Access access = access(owner, Permission.WRITE, new OwnerRule()).orElseThrow();
        assertEquals(owner, access.account());
        assertEquals(owner, access.owner());
        assertEquals(conversation.id(), access.conversation());
        assertDoesNotThrow(access::requireWrite);
    }

    @Test
    void nobodyElseMayDoAnything() {
        assertEquals(Optional.empty(), access(stranger, Permission.READ, new OwnerRule()));
        assertEquals(Optional.empty(), access(stranger, Permission.WRITE, new OwnerRule()));
    }

    /** As a shared conversation will: its readers neither write nor count as its owner. */
    @Test
    void aFurtherRuleLetsOthersIn() {
        AccessRule shared = (account, what, permission) -> account.equals(reader) && permission == Permission.READ;
        AccessRule[] rules = {new OwnerRule(), shared};
        Access access = access(reader, Permission.READ, rules).orElseThrow();
        assertEquals(reader, access.account());
        assertEquals(owner, access.owner());
        assertThrows(IllegalArgumentException.class, access::requireWrite);
        assertEquals(Optional.empty(), access(reader, Permission.WRITE, rules));
        assertEquals(Optional.empty(), access(stranger, Permission.READ, rules));
    }
}
