package app.patter.answer;

import app.patter.cluster.Signal;
import app.patter.concurrent.Executors;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Conversations;
import app.patter.conversation.Permission;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/** Stops what is being written for an account that can be used no more: its operator pays for it. */
@ApplicationScoped
public class AccountEnds {

    private static final Logger LOG = System.getLogger(AccountEnds.class.getName());

    @Inject
    private AnswerService answers;

    @Inject
    private Conversations conversations;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Executors executors;

    void disabled(@Observes Signal.AccountDisabled signal) {
        executors.answers().execute(() -> stopAll(signal.account())); // the transaction that told it is not over yet
    }

    private void stopAll(UUID account) {
        try {
            for (UUID conversation : conversations.running(account)) {
                accessControl.find(account, conversation, Permission.WRITE).ifPresent(answers::stopAll);
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The answers of account {0} were not stopped: {1}", account, e.getClass());
        }
    }
}
