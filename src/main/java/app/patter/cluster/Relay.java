package app.patter.cluster;

import app.patter.account.AccountDisabled;
import app.patter.account.LoginEnded;
import app.patter.conversation.ConversationAdvanced;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/** Tells all nodes, once it is committed, what was said inside a transaction. */
@ApplicationScoped
public class Relay {

    @Inject
    private Bus bus;

    void advanced(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationAdvanced event) {
        bus.publish(new Signal.ConversationAdvanced(event.conversation(), event.revision()));
    }

    void loggedOut(@Observes(during = TransactionPhase.AFTER_SUCCESS) LoginEnded event) {
        bus.publish(new Signal.LoginEnded(event.key()));
    }

    void disabled(@Observes(during = TransactionPhase.AFTER_SUCCESS) AccountDisabled event) {
        bus.publish(new Signal.AccountDisabled(event.account()));
    }
}
