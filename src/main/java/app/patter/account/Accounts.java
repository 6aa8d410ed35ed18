package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Makes accounts and log-ins. */
@ApplicationScoped
@Transactional
public class Accounts {

    /** Fewest characters of a password. */
    static final int PASSWORD = 8;

    private static final int NAME = 100;
    private static final Duration USED_AGAIN = Duration.ofHours(1);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Event<LoginEnded> ended;

    private final Duration lifetime = Duration.ofDays(Settings.ofProcess().number(Setting.LOGIN_DAYS));
    private final int iterations = (int) Settings.ofProcess().number(Setting.PASSWORD_ITERATIONS);
    private final String nobody = Passwords.ofNobody(iterations);
    private volatile boolean some;

    /** Whether nobody has an account yet. */
    public boolean none() {
        if (!some) {
            some = entities.createNamedQuery(Account.COUNT, Long.class).getSingleResult() > 0;
        }
        return !some;
    }

    List<Account> all() {
        return entities.createNamedQuery(Account.ALL, Account.class).getResultList();
    }

    /**
     * Makes an account.
     *
     * @throws FormException if the name or the password cannot be used
     */
    Account create(String name, String password, boolean administrator) {
        String clean = clean(name);
        if (clean.isEmpty() || clean.length() > NAME) {
            throw new FormException(AccountText.NAME_LENGTH.with(NAME));
        }
        if (password.length() < PASSWORD) {
            throw new FormException(AccountText.PASSWORD_LENGTH.with(PASSWORD));
        }
        if (named(clean).isPresent()) {
            throw new FormException(AccountText.NAME_TAKEN.with());
        }
        Account account = new Account(
                UUID.randomUUID(),
                clean,
                Passwords.hash(password, iterations),
                administrator,
                OffsetDateTime.now(ZoneOffset.UTC));
        entities.persist(account);
        entities.flush();
        return account;
    }

    private static String clean(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private Optional<Account> named(String name) {
        return entities.createNamedQuery(Account.NAMED, Account.class)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    /** Whether a device was logged in with this name's account, since its password is as it is. */
    boolean knows(String name, String deviceKey) {
        return named(clean(name))
                .filter(account -> Tokens.same(account.deviceKey(), deviceKey))
                .isPresent();
    }

    /** The account, if the password is right. Takes as long for a name that nobody has. */
    Optional<Account> check(String name, String password) {
        Optional<Account> found = named(clean(name));
        String hash = found.map(Account::password).orElse(nobody);
        if (!Passwords.matches(password, hash)) {
            return Optional.empty();
        }
        found.filter(account -> Passwords.iterations(hash) < iterations)
                .ifPresent(account -> account.rehash(Passwords.hash(password, iterations)));
        return found;
    }

    /**
     * Logs a person in.
     *
     * @return the token for the cookie
     */
    String logIn(Account account) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        entities.createNamedQuery(Login.EXPIRE)
                .setParameter("before", now.minus(lifetime))
                .executeUpdate();
        String token = Tokens.make();
        entities.persist(new Login(Tokens.hash(token), account.id(), Tokens.make(), now));
        return token;
    }

    void logOut(String token) {
        String hash = Tokens.hash(token);
        entities.createNamedQuery(Login.END).setParameter("hash", hash).executeUpdate();
        ended.fire(new LoginEnded(hash));
    }

    /** Who holds the token; empty if it is unknown or too old. */
    Optional<LoggedIn> loggedIn(String token) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        String hash = Tokens.hash(token);
        return entities.createNamedQuery(Login.WITH_ACCOUNT, Object[].class)
                .setParameter("hash", hash)
                .setParameter("since", now.minus(lifetime))
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
        return lifetime;
    }

    /**
     * A person who is logged in.
     *
     * @param csrfToken what their forms have to post
     * @param key     names the login; not the token
     */
    record LoggedIn(Account account, String csrfToken, String key) {}
}
