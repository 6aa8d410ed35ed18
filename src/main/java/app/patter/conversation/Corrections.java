package app.patter.conversation;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Changes the words of questions where they stand. */
@ApplicationScoped
@Transactional
public class Corrections {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Revisions revisions;

    private MessageRows rows;

    @PostConstruct
    void start() {
        rows = new MessageRows(entities);
    }

    /** What a question says now. */
    public String text(Access access, UUID question) {
        return rows.text(rows.question(access.conversation(), question).id());
    }

    /**
     * Gives a question other words; its answers stay as they are.
     *
     * @throws UnknownConversationException if there is no such message in the conversation
     * @throws WrongMessageException        if it is no question, or has been deleted
     */
    public void correct(Access access, UUID question, String text) {
        long revision = revisions.raise(access);
        UUID id = rows.question(access.conversation(), question).id();
        entities.createNamedQuery(SegmentRow.FORGET).setParameter("message", id).executeUpdate();
        rows.insertText(id, text, revision);
        entities.createNamedQuery(Message.TOUCH)
                .setParameter("id", id)
                .setParameter("revision", revision)
                .executeUpdate();
    }
}
