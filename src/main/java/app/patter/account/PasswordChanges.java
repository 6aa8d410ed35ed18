package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Changes passwords: by those who know the old one, or with a link that an administrator has made. */
@ApplicationScoped
@Transactional
public class PasswordChanges {

    /** How long a link can be used. */
    static final Duration LINK = Duration.ofHours(24);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Logins logins;

    @Inject
    private ApiTokens tokens;

    private final int iterations = (int) Settings.ofProcess().number(Setting.PASSWORD_ITERATIONS);

    /**
     * Changes a password, and ends all logins but one.
     *
     * @param login  key of the login that stays; empty for none
     * @param revoke whether to revoke all API tokens too
     * @throws app.patter.web.FormException if the password cannot be used
     */
    void change(UUID id, String password, String login, boolean revoke) {
        Account account = entities.find(Account.class, id);
        PasswordRules.check(account.name(), password);
        account.rehash(Passwords.hash(password, iterations));
        entities.createNamedQuery(PasswordReset.END).setParameter("account", id).executeUpdate();
        logins.endOthers(id, login);
        if (revoke) {
            tokens.revokeAll(id);
        }
    }

    /** The whole address with which that person may set a password once, within a day; any earlier one ends. */
    String link(UUID account) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        entities.createNamedQuery(PasswordReset.EXPIRE)
                .setParameter("before", now.minus(LINK))
                .executeUpdate();
        entities.createNamedQuery(PasswordReset.END)
                .setParameter("account", account)
                .executeUpdate();
        String token = Tokens.make();
        entities.persist(new PasswordReset(Tokens.hash(token), account, now));
        URI base = Settings.ofProcess().address(Setting.URL).orElseThrow();
        return base.resolve("password/" + token).toString();
    }

    /** Whose password a link sets; empty if it is unknown, used or too old. */
    Optional<Account> ofLink(String token) {
        return entities.createNamedQuery(PasswordReset.WITH_ACCOUNT, Account.class)
                .setParameter("hash", Tokens.hash(token))
                .setParameter("since", since())
                .getResultStream()
                .findFirst()
                .map(Account::detached);
    }

    /**
     * Sets a password with a link, which then ends, as do all logins.
     *
     * @return empty if the link cannot be used any more
     */
    Optional<Account> reset(String token, String password) {
        Optional<Account> account = ofLink(token);
        if (account.isEmpty()) {
            return account;
        }
        PasswordRules.check(account.get().name(), password);
        int used = entities.createNamedQuery(PasswordReset.USE)
                .setParameter("hash", Tokens.hash(token))
                .setParameter("since", since())
                .executeUpdate();
        if (used == 0) { // somebody else was faster
            return Optional.empty();
        }
        UUID id = account.get().id();
        change(id, password, "", false);
        return Optional.of(entities.find(Account.class, id).detached()); // a device knows the new password
    }

    private static OffsetDateTime since() {
        return OffsetDateTime.now(ZoneOffset.UTC).minus(LINK);
    }
}
