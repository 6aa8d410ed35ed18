package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** For an administrator who cannot log in any more: whoever can set Patter's settings gets a link from the log. */
@ApplicationScoped
public class Recovery {

    private static final Logger LOG = System.getLogger(Recovery.class.getName());

    @Inject
    private Accounts accounts;

    @Inject
    private AccountLife life;

    @Inject
    private PasswordChanges passwords;

    @Inject
    private AuditLog audit;

    /** Makes the account of the setting an administrator's who can log in, and writes a link for its password to the log. */
    void announce() {
        String name = Settings.ofProcess().text(Setting.RECOVER).orElse("");
        if (name.isBlank()) {
            return;
        }
        Optional<Account> found = accounts.find(name);
        if (found.isEmpty()) {
            LOG.log(Level.WARNING, "{0} names no account.", Setting.RECOVER.variable());
            return;
        }
        Account account = found.get();
        life.enable(account.id());
        life.administrator(account.id(), true);
        audit.operator(AuditEvent.PASSWORD_LINK_MADE, account.id());
        LOG.log(
                Level.INFO,
                "Set a password for the administrator within a day at {0} and then remove {1}.",
                passwords.link(account.id()),
                Setting.RECOVER.variable());
    }
}
