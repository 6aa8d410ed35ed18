package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ProviderMessage;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SaveCursorTest {

    private final SaveCursor cursor = new SaveCursor();

    @Test
    void aPhaseIsSavedOnceUntilSomethingElseChangesWithIt() {
        assertTrue(cursor.enter(MessageState.WRITING));
        assertFalse(cursor.enter(MessageState.WRITING));
        cursor.saved(taken());
        assertNull(cursor.entered());
        assertFalse(cursor.enter(MessageState.WRITING));
        cursor.forgetPhase();
        assertTrue(cursor.enter(MessageState.WRITING));
        assertEquals(MessageState.WRITING, cursor.entered());
    }

    @Test
    void aPhaseEnteredDuringTheSaveIsLeftForTheNext() {
        cursor.enter(MessageState.THINKING);
        Snapshot taken = taken();
        cursor.enter(MessageState.WRITING);
        cursor.saved(taken);
        assertEquals(MessageState.WRITING, cursor.entered());
        assertFalse(cursor.isSaved());
    }

    @Test
    void textThatAFailedSaveTookIsAsOldAsItWas() {
        cursor.arrived();
        long since = cursor.take();
        assertNotEquals(0, since);
        cursor.failed();
        cursor.arrived();
        assertEquals(since, cursor.take());
    }

    @Test
    void aFailedSaveIsUnsureUntilOneSucceeds() {
        assertTrue(cursor.isSure());
        cursor.failed();
        assertFalse(cursor.isSure());
        cursor.saved(taken());
        assertTrue(cursor.isSure());
    }

    @Test
    void whatAProviderWroteIsKeptUntilItIsSaved() {
        assertTrue(cursor.keep(0, new ProviderMessage("demo", "{}")));
        Snapshot taken = taken();
        assertTrue(cursor.keep(1, new ProviderMessage("demo", "{}")));
        cursor.saved(taken);
        assertEquals(
                List.of(1),
                cursor.originals().stream().map(Snapshot.Original::call).toList());
        assertFalse(cursor.keep(2, new ProviderMessage("demo", "x".repeat(2_000_000))), "more than a row takes");
    }

    private Snapshot taken() {
        return new Snapshot(
                new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "demo/demo", 0, null, -1, 0, null),
                List.of(),
                cursor.originals(),
                cursor.entered(),
                null,
                !cursor.isSure(),
                cursor.take());
    }
}
