package app.patter.conversation;

import app.patter.chat.ProviderMessage;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.UUID;

/** A round of an answer in its provider's own form, beside the text that people see. */
@Entity
@Table(name = "native_turn")
@NamedQuery(
        name = ProviderMessageRow.OF_CONVERSATION,
        query =
                "select k from ProviderMessageRow k, Message m where k.message = m.id and m.conversation = :conversation"
                        + " and k.source = :source")
@NamedQuery(
        name = ProviderMessageRow.FORGET,
        query = "delete from ProviderMessageRow k where k.message = :message and k.ordinal >= :round")
public class ProviderMessageRow {

    /** Those of all branches of a {@code :conversation} that are from {@code :source}. */
    static final String OF_CONVERSATION = "ProviderMessageRow.ofConversation";

    /** Deletes those of {@code :message} from {@code :round} on. */
    public static final String FORGET = "ProviderMessageRow.forget";

    /** Characters of the longest that is kept: what the table takes. */
    private static final int JSON = 1_000_000;

    private static final int SOURCE = 600;

    @Id
    private UUID id;

    @Column(name = "message_id", nullable = false)
    private UUID message;

    @Column(nullable = false)
    private int ordinal;

    @Column(nullable = false)
    private String source;

    @Column(nullable = false)
    private String json;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected ProviderMessageRow() {}

    /** What a model wrote in one round of an answer; {@link #fits} must hold. */
    public ProviderMessageRow(UUID id, UUID message, int round, ProviderMessage turn) {
        this.id = id;
        this.message = message;
        this.ordinal = round;
        this.source = turn.source();
        this.json = turn.json();
    }

    /** Whether it can be kept; of one that cannot, the text has to do. */
    public static boolean fits(ProviderMessage message) {
        return message.json().length() <= JSON && message.source().length() <= SOURCE;
    }

    UUID message() {
        return message;
    }

    /** Which {@link ModelCall} of the answer it is, from 0. */
    int round() {
        return ordinal;
    }

    ProviderMessage turn() {
        return new ProviderMessage(source, json);
    }
}
