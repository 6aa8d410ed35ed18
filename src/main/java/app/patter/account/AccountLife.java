package app.patter.account;

import app.patter.web.FormException;
import app.patter.web.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of accounts: disabled, deleted, administrators or not. There is always one administrator who can log in. */
@ApplicationScoped
@Transactional
public class AccountLife {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Logins logins;

    @Inject
    private ApiTokens tokens;

    @Inject
    private Event<AccountDisabled> disabled;

    @Inject
    private Event<AccountDeleted> deleted;

    /** @throws ProblemException with status 404 if there is no such account */
    Account account(UUID id) {
        Account account = entities.find(Account.class, id);
        if (account == null) {
            throw ProblemException.notFound();
        }
        return account.detached();
    }

    /** Ends all that an account can do, but keeps what is its own. */
    void disable(UUID id) {
        change(id, false, account -> account.disable(true));
        logins.endOthers(id, "");
        tokens.suspend(id);
        disabled.fire(new AccountDisabled(id));
    }

    void enable(UUID id) {
        change(id, true, account -> account.disable(false));
    }

    void administrator(UUID id, boolean administrator) {
        change(id, administrator, account -> account.administrator(administrator));
        if (!administrator) {
            tokens.suspend(id); // nodes remember what they may do
        }
    }

    /**
     * Deletes an account that is disabled.
     *
     * @param heir the account that gets its conversations; null to delete them
     */
    void delete(UUID id, @Nullable UUID heir) {
        if (heir != null && (heir.equals(id) || entities.find(Account.class, heir) == null)) {
            throw ProblemException.notFound();
        }
        change(id, false, account -> {});
        deleted.fire(new AccountDeleted(id, heir));
        entities.createNamedQuery(Account.DELETE).setParameter("id", id).executeUpdate();
    }

    private interface Change {
        void of(Account account);
    }

    /** All administrators are locked, in order, so that two who remove each other do not both succeed. */
    private void change(UUID id, boolean remains, Change change) {
        List<Account> administrators = entities.createNamedQuery(Account.ADMINISTRATORS, Account.class)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        if (!remains && administrators.stream().allMatch(other -> other.id().equals(id))) {
            throw new FormException(AccountText.LAST_ADMINISTRATOR.with());
        }
        Account account = entities.find(Account.class, id);
        if (account == null) {
            throw ProblemException.notFound();
        }
        change.of(account);
    }
}
