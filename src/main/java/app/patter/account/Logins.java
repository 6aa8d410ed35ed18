package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins and ends logins, and knows whose they are. */
@ApplicationScoped
@Transactional
public class Logins {

    private static final Duration USED_AGAIN = Duration.ofHours(1);

    /** Keys that are looked for at once. */
    private static final int BATCH = 500;

    /** Characters of a UUID. */
    private static final int ID = 36;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Event<LoginEnded> ended;

    private final Duration lifetime = Duration.ofDays(Settings.ofProcess().number(Setting.LOGIN_DAYS));
    private final Duration longest = Duration.ofDays(Settings.ofProcess().number(Setting.LOGIN_DAYS_MAX));

    private static OffsetDateTime now() {
        return OffsetDateTime.now(ZoneOffset.UTC);
    }

    /**
     * Logs a person in.
     *
     * @param agent what the browser says it is
     * @return the token for the cookie
     */
    String begin(Account account, @Nullable String agent) {
        OffsetDateTime now = now();
        entities.createNamedQuery(Login.EXPIRE)
                .setParameter("before", now.minus(lifetime))
                .setParameter("born", now.minus(longest))
                .executeUpdate();
        String token = Tokens.make();
        entities.persist(new Login(Tokens.hash(token), account.id(), Tokens.make(), Browsers.name(agent), now));
        return token;
    }

    /** Ends the login with that token. */
    void end(String token) {
        end(List.of(Tokens.hash(token)));
    }

    private void end(Collection<String> keys) {
        for (String key : keys) {
            entities.createNamedQuery(Login.END).setParameter("hash", key).executeUpdate();
            ended.fire(new LoginEnded(key));
        }
    }

    /** A person's logins, the one that was used last first. */
    List<Login> of(UUID account) {
        OffsetDateTime now = now();
        return entities.createNamedQuery(Login.OF_ACCOUNT, Login.class)
                .setParameter("account", account)
                .setParameter("since", now.minus(lifetime))
                .setParameter("born", now.minus(longest))
                .getResultList();
    }

    /** Ends one of a person's logins; does nothing if it is somebody else's. */
    boolean end(UUID account, String key) {
        boolean own = of(account).stream().anyMatch(login -> login.key().equals(key));
        if (own) {
            end(List.of(key));
        }
        return own;
    }

    /** Ends all logins of a person but the one with that key, which may be empty. */
    void endOthers(UUID account, String key) {
        end(entities.createNamedQuery(Login.KEYS, String.class)
                .setParameter("account", account)
                .getResultStream()
                .filter(other -> !other.equals(key))
                .toList());
    }

    /** Those of the keys of logins and tokens that open something still. */
    public Set<String> alive(Collection<String> keys) {
        List<String> all = List.copyOf(keys);
        Set<String> alive = new HashSet<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            List<String> some = all.subList(from, Math.min(all.size(), from + BATCH));
            alive.addAll(aliveLogins(some));
            alive.addAll(aliveTokens(some));
        }
        return alive;
    }

    private List<String> aliveLogins(List<String> keys) {
        OffsetDateTime now = now();
        return entities.createNamedQuery(Login.ALIVE, String.class)
                .setParameter("keys", keys)
                .setParameter("since", now.minus(lifetime))
                .setParameter("born", now.minus(longest))
                .getResultList();
    }

    /** The key of a token is its id; that of a login is longer. */
    private List<String> aliveTokens(List<String> keys) {
        List<UUID> ids = keys.stream()
                .filter(key -> key.length() == ID)
                .map(UUID::fromString)
                .toList();
        return ids.isEmpty()
                ? List.of()
                : entities.createNamedQuery(ApiToken.ALIVE, UUID.class)
                        .setParameter("ids", ids)
                        .getResultStream()
                        .map(UUID::toString)
                        .toList();
    }

    /** Who holds the token; empty if it is unknown or too old, or the account is disabled. */
    Optional<LoggedIn> find(String token) {
        OffsetDateTime now = now();
        String hash = Tokens.hash(token);
        return entities.createNamedQuery(Login.WITH_ACCOUNT, Object[].class)
                .setParameter("hash", hash)
                .setParameter("since", now.minus(lifetime))
                .setParameter("born", now.minus(longest))
                .getResultStream()
                .findFirst()
                .map(row -> {
                    Login login = (Login) row[0];
                    if (login.used().isBefore(now.minus(USED_AGAIN))) {
                        entities.createNamedQuery(Login.USE)
                                .setParameter("hash", hash)
                                .setParameter("now", now)
                                .executeUpdate();
                    }
                    return new LoggedIn(((Account) row[1]).detached(), login.csrfToken(), hash);
                });
    }

    /** Lifetime of a login after its last use. */
    Duration lifetime() {
        return lifetime.compareTo(longest) < 0 ? lifetime : longest;
    }

    /**
     * A person who is logged in.
     *
     * @param csrfToken what their forms have to post
     * @param key     names the login; not the token
     */
    record LoggedIn(Account account, String csrfToken, String key) {}
}
