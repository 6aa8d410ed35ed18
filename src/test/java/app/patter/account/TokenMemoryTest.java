package app.patter.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.account.ApiTokens.Held;
import app.patter.system.Question;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TokenMemoryTest {

    private final Map<String, Held> database = new HashMap<>();
    private boolean away;
    private int asked;
    private long now;
    private final TokenMemory memory = memory(this::ask);

    private TokenMemory memory(Function<String, Optional<Held>> find) {
        return new TokenMemory(find, hash -> new Question<>(() -> ask(hash), Runnable::run, 1), () -> now);
    }

    private Optional<Held> ask(String hash) {
        asked++;
        if (away) {
            throw new IllegalStateException("the database is away");
        }
        return Optional.ofNullable(database.get(hash));
    }

    private Held held(String hash) {
        Account account = new Account(UUID.randomUUID(), "ada", "", true, OffsetDateTime.now(ZoneOffset.UTC));
        Held held = new Held(account, false, "id of " + hash);
        database.put(hash, held);
        return held;
    }

    @Test
    void aTokenIsLookedUpOnceAMinute() {
        Held held = held("a");
        assertEquals(Optional.of(held), memory.held("a"));
        now += TokenMemory.FRESH;
        assertEquals(Optional.of(held), memory.held("a"));
        assertEquals(1, asked);
        now += 1;
        assertEquals(Optional.of(held), memory.held("a"));
        assertEquals(2, asked);
    }

    @Test
    void whileTheDatabaseIsAwayTheLastAnswerCountsForAnHour() {
        Held held = held("a");
        memory.held("a");
        away = true;
        now += TokenMemory.KEPT;
        assertEquals(Optional.of(held), memory.held("a"));
        assertEquals(2, asked, "it was asked");
        now += 1;
        String failure = "";
        try {
            memory.held("a");
        } catch (IllegalStateException e) {
            failure = String.valueOf(e.getMessage());
        }
        assertEquals("the database is away", failure);
    }

    @Test
    void aTokenThatIsRevokedHereIsForgottenAtOnce() {
        held("a");
        memory.held("a");
        database.clear();
        memory.forget("id of a");
        assertEquals(Optional.empty(), memory.held("a"));
    }

    @Test
    void aTokenThatIsRevokedElsewhereEndsWithinTheMinute() {
        held("a");
        memory.held("a");
        database.clear();
        now += TokenMemory.FRESH + 1;
        assertEquals(Optional.empty(), memory.held("a"));
        away = true;
        int before = asked;
        try {
            memory.held("a");
        } catch (IllegalStateException e) {
            // it is asked for anew
        }
        assertEquals(before + 1, asked, "and is remembered no more");
    }

    @Test
    void whatIsRevokedWhileTheDatabaseIsAskedIsNotRemembered() {
        Held held = held("a");
        AtomicReference<TokenMemory> late = new AtomicReference<>();
        late.set(memory(hash -> {
            Optional<Held> found = ask(hash);
            database.clear();
            late.get().forget(held.key());
            return found;
        }));
        late.get().held("a");
        assertEquals(Optional.empty(), late.get().held("a"));
    }

    @Test
    void whatNobodyHoldsIsNotRemembered() {
        assertEquals(Optional.empty(), memory.held("b"));
        Held held = held("b");
        assertEquals(Optional.of(held), memory.held("b"));
    }
}
