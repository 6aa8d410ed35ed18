package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.web.FormException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Makes accounts, and knows them by their names and passwords. */
@ApplicationScoped
@Transactional
public class Accounts {

    private static final int NAME = 100;

    @PersistenceContext
    private EntityManager entities;

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
        PasswordRules.check(clean, password);
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

    /**
     * Makes the first account, an administrator's.
     *
     * @return empty if there is one already
     * @throws FormException if the name or the password cannot be used
     */
    Optional<Account> createFirst(String name, String password) {
        String database = Settings.ofProcess().text(Setting.DB_URL).orElse("");
        if (database.startsWith("jdbc:postgresql:")) { // where another node may do the same at the same time
            entities.createNativeQuery("lock table account in exclusive mode").executeUpdate();
        }
        return none() ? Optional.of(create(name, password, true)) : Optional.empty();
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

    /** The account with that name, however it is typed. */
    Optional<Account> find(String name) {
        return named(clean(name));
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
}
