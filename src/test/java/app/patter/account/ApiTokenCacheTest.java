package app.patter.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.account.ApiTokens.Held;
import app.patter.concurrent.TimedQuery;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ApiTokenCacheTest {

    private final Map<String, Held> database = new HashMap<>();
    private boolean away;
    private int asked;
    private long now;
    private final ApiTokenCache memory = memory(this::ask);

    private ApiTokenCache memory(Function<String, Optional<Held>> find) {
        return new ApiTokenCache(find, hash -> new TimedQuery<>(() -> ask(hash), Runnable::run, 1), () -> now);
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
        now += ApiTokenCache.FRESH.toNanos();
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
        now += ApiTokenCache.KEPT.toNanos() - 1;
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
        now += ApiTokenCache.FRESH.toNanos() + 1;
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
        AtomicReference<ApiTokenCache> late = new AtomicReference<>();
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
