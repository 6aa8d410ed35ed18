package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.TokenUsage;
import app.patter.conversation.MessageState;
import org.junit.jupiter.api.Test;

class EndingTest {

    @Test
    void theEndCountsAllCallsOfTheAnswer() {
        Ending ending = new Ending(new TokenUsage(1, 1, 0, 0, null));
        ending.uses(new TokenUsage(10, 20, 0, 0, null), null);
        ending.uses(new TokenUsage(100, 200, 0, 0, null), null);
        ending.end(Completion.plain(MessageState.DONE));
        assertEquals(new TokenUsage(111, 221, 0, 0, null), ending.how().used());
    }

    @Test
    void anEndThatNobodyCountedHasNoUsage() {
        Ending ending = new Ending(null);
        ending.end(Completion.plain(MessageState.DONE));
        assertNull(ending.how().used());
    }

    @Test
    void aMessageIsEndingBeforeItsEndIsSavedAndThenOver() {
        Ending ending = new Ending(null);
        assertFalse(ending.isEnding());
        ending.end(Completion.plain(MessageState.STOPPED));
        assertTrue(ending.isEnding());
        assertFalse(ending.isOver());
        ending.over();
        assertTrue(ending.isOver());
    }

    @Test
    void oneThatWasTakenOverIsEndingWithoutAnEnd() {
        Ending ending = new Ending(null);
        ending.over();
        assertTrue(ending.isEnding());
        assertNull(ending.how());
    }
}
