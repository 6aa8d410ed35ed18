package app.patter.account;

import app.patter.web.FormException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes and revokes the tokens of people's programs, and knows whose they are. */
@ApplicationScoped
@Transactional
public class ApiTokens {

    /** So that people and scanners of repositories know what it is. */
    private static final String PREFIX = "patter_";

    private static final int NAME = 100;
    private static final int MOST = 100;
    private static final Duration USED_AGAIN = Duration.ofMinutes(10);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Event<LoginEnded> ended;

    /** A person's tokens, newest first. */
    List<ApiToken> of(UUID account) {
        return entities.createNamedQuery(ApiToken.OF_ACCOUNT, ApiToken.class)
                .setParameter("account", account)
                .getResultList();
    }

    /**
     * Makes a token.
     *
     * @param writes whether it may change anything
     * @return the token, which nobody can see again
     * @throws FormException if the name cannot be used, or there are too many
     */
    String create(UUID account, String name, boolean writes) {
        String clean = name.strip();
        if (clean.isEmpty() || clean.length() > NAME) {
            throw new FormException(AccountText.NAME_LENGTH.with(NAME));
        }
        if (of(account).size() >= MOST) {
            throw new FormException(AccountText.TOO_MANY_TOKENS.with(MOST));
        }
        String token = PREFIX + Tokens.make();
        entities.persist(new ApiToken(
                UUID.randomUUID(), account, clean, Tokens.hash(token), writes, OffsetDateTime.now(ZoneOffset.UTC)));
        return token;
    }

    /** Makes a token useless; does nothing if it is somebody else's. */
    boolean revoke(UUID account, UUID token) {
        int revoked = entities.createNamedQuery(ApiToken.REVOKE)
                .setParameter("id", token)
                .setParameter("account", account)
                .executeUpdate();
        if (revoked > 0) {
            ended.fire(new LoginEnded(token.toString()));
        }
        return revoked > 0;
    }

    /** Makes all tokens of a person useless. */
    void revokeAll(UUID account) {
        of(account).forEach(token -> revoke(account, token.id()));
    }

    /** Ends what a person's tokens have opened, and what nodes remember of them; they are asked for again. */
    void suspend(UUID account) {
        of(account).forEach(token -> ended.fire(new LoginEnded(token.id().toString())));
    }

    /** Who holds the token with this hash; empty if nobody does. */
    Optional<Held> held(String hash) {
        return entities.createNamedQuery(ApiToken.WITH_ACCOUNT, Object[].class)
                .setParameter("hash", hash)
                .getResultStream()
                .findFirst()
                .map(row -> {
                    ApiToken found = (ApiToken) row[0];
                    use(found);
                    return new Held(
                            ((Account) row[1]).detached(),
                            found.writes(),
                            found.id().toString());
                });
    }

    private void use(ApiToken token) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        OffsetDateTime used = token.used();
        if (used == null || used.isBefore(now.minus(USED_AGAIN))) {
            entities.createNamedQuery(ApiToken.USE)
                    .setParameter("id", token.id())
                    .setParameter("now", now)
                    .executeUpdate();
        }
    }

    /**
     * A program that showed a token.
     *
     * @param writes whether it may change anything
     * @param key    names the token
     */
    record Held(Account account, boolean writes, String key) {}
}
