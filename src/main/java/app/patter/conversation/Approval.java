package app.patter.conversation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.UUID;

/** What a person has decided about one call of a tool. */
@Entity
@Table(name = "tool_approval")
@NamedQuery(name = Approval.OF_MESSAGES, query = "select a from Approval a where a.message in :messages")
@NamedQuery(name = Approval.FORGET, query = "delete from Approval a where a.message = :message")
class Approval {

    static final String OF_MESSAGES = "Approval.ofMessages";

    /** Deletes those of a {@code :message}. */
    static final String FORGET = "Approval.forget";

    @Id
    private UUID id;

    @Column(name = "message_id", nullable = false)
    private UUID message;

    @Column(name = "call_id", nullable = false)
    private String call;

    @Column(nullable = false)
    private boolean allowed;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Approval() {}

    Approval(UUID id, UUID message, String call, boolean allowed) {
        this.id = id;
        this.message = message;
        this.call = call;
        this.allowed = allowed;
    }

    UUID message() {
        return message;
    }

    String call() {
        return call;
    }

    boolean allowed() {
        return allowed;
    }
}
