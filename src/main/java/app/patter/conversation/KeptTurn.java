package app.patter.conversation;

import app.patter.upstream.NativeTurn;
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
        name = KeptTurn.OF_CONVERSATION,
        query = "select k from KeptTurn k, Message m where k.message = m.id and m.conversation = :conversation"
                + " and k.source = :source")
@NamedQuery(name = KeptTurn.FORGET, query = "delete from KeptTurn k where k.message = :message and k.ordinal >= :round")
public class KeptTurn {

    /** Those of all branches of a {@code :conversation} that are from {@code :source}. */
    static final String OF_CONVERSATION = "KeptTurn.ofConversation";

    /** Deletes those of {@code :message} from {@code :round} on. */
    public static final String FORGET = "KeptTurn.forget";

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
    protected KeptTurn() {}

    /** What a model wrote in one round of an answer; {@link #fits} must hold. */
    public KeptTurn(UUID id, UUID message, int round, NativeTurn turn) {
        this.id = id;
        this.message = message;
        this.ordinal = round;
        this.source = turn.source();
        this.json = turn.json();
    }

    /** Whether it can be kept; of one that cannot, the text has to do. */
    public static boolean fits(NativeTurn turn) {
        return turn.json().length() <= JSON && turn.source().length() <= SOURCE;
    }

    UUID message() {
        return message;
    }

    /** Which {@link Round} of the answer it is, from 0. */
    int round() {
        return ordinal;
    }

    NativeTurn turn() {
        return new NativeTurn(source, json);
    }
}
