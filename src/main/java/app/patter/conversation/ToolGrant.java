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
        name = ToolGrant.OF_CONVERSATION,
        query = "select a.tool from ToolGrant a where a.conversation = :conversation")
class ToolGrant {

    static final String OF_CONVERSATION = "ToolGrant.ofConversation";

    @Id
    private UUID id;

    @Column(name = "conversation_id", nullable = false)
    private UUID conversation;

    @Column(nullable = false)
    private String tool;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected ToolGrant() {}

    ToolGrant(UUID id, UUID conversation, String tool) {
        this.id = id;
        this.conversation = conversation;
        this.tool = tool;
    }
}
