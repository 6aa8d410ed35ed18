package app.patter.account;

import app.patter.concurrent.Executors;
import app.patter.concurrent.TimedQuery;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Optional;

/** Knows programs by their tokens, and for a while also when the database does not. */
@ApplicationScoped
public class ApiTokenLookup {

    /** Milliseconds to wait for the database before the last answer counts. */
    private static final long PATIENCE = 2_000;

    @Inject
    private ApiTokens tokens;

    @Inject
    private Executors executors;

    private ApiTokenCache memory;

    @PostConstruct
    void start() {
        memory = new ApiTokenCache(
                tokens::held,
                hash -> new TimedQuery<>(() -> tokens.held(hash), executors.checks(), PATIENCE),
                Ticker.systemTicker());
    }

    /** Who holds the token; empty if nobody does. */
    Optional<ApiTokens.Held> held(String token) {
        return memory.held(Tokens.hash(token));
    }

    void ended(@Observes(during = TransactionPhase.AFTER_SUCCESS) LoginEnded event) {
        memory.forget(event.key());
    }
}
