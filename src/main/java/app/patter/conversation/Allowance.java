package app.patter.conversation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.UUID;

/** A tool that may be called in a conversation without asking again. */
@Entity
@Table(name = "tool_allowance")
@NamedQuery(
        name = Allowance.OF_CONVERSATION,
        query = "select a.tool from Allowance a where a.conversation = :conversation")
class Allowance {

    static final String OF_CONVERSATION = "Allowance.ofConversation";

    @Id
    private UUID id;

    @Column(name = "conversation_id", nullable = false)
    private UUID conversation;

    @Column(nullable = false)
    private String tool;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected Allowance() {}

    Allowance(UUID id, UUID conversation, String tool) {
        this.id = id;
        this.conversation = conversation;
        this.tool = tool;
    }
}
