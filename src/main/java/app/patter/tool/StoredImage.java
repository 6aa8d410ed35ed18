package app.patter.tool;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.UUID;

/** A picture that a tool has answered with. */
@Entity
@Table(name = "tool_image")
@NamedQuery(
        name = StoredImage.IN_CONVERSATION,
        query = "select i from StoredImage i, Message m where i.id = :id and i.message = m.id"
                + " and m.conversation = :conversation")
class StoredImage {

    /** The one with {@code :id}, in a {@code :conversation}. */
    static final String IN_CONVERSATION = "StoredImage.inConversation";

    @Id
    private UUID id;

    @Column(name = "message_id", nullable = false)
    private UUID message;

    @Column(nullable = false)
    private String type;

    @Column(nullable = false)
    private byte[] content;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected StoredImage() {}

    StoredImage(UUID id, UUID message, ToolAnswer.Image image) {
        this.id = id;
        this.message = message;
        this.type = image.type();
        this.content = image.content();
    }

    ToolAnswer.Image image() {
        return new ToolAnswer.Image(type, content.clone());
    }
}
