package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RevisionListenersTest {

    private final UUID conversation = UUID.randomUUID();
    private final List<Long> heard = new ArrayList<>();
    private final RevisionListeners listeners = new RevisionListeners();
    private final RevisionListeners.Listening listening = listeners.add(conversation, "login", heard::add);

    @Test
    void itHearsOfItsConversationUntilItIsClosed() {
        listeners.advanced(conversation, 7);
        listeners.advanced(UUID.randomUUID(), 8);
        assertTrue(listening.open());
        listening.close();
        listeners.advanced(conversation, 9);
        assertEquals(List.of(7L), heard);
        assertFalse(listening.open());
    }

    @Test
    void itEndsWithItsLogin() {
        listeners.endLogin("another");
        assertTrue(listening.open());
        listeners.endLogin("login");
        listeners.advanced(conversation, 9);
        assertEquals(List.of(0L), heard);
        assertFalse(listening.open());
    }

    @Test
    void allEndWhenTheServerGoesDown() {
        listeners.endAll();
        assertEquals(List.of(0L), heard);
        assertFalse(listening.open());
    }
}
