package app.patter.conversation;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A typed run of text, or a following piece of one. */
@Entity
@Table(name = "message_segment")
@NamedQuery(
        name = SegmentRow.GROW,
        query = "update SegmentRow s set s.text = :text, s.revision = :revision, s.closed = :closed where s.id = :id")
@NamedQuery(
        name = SegmentRow.IN_RANGE,
        query = "select s from Message m, SegmentRow s where m.conversation = :conversation"
                + " and m.sequence between :first and :last and s.message = m.id order by m.sequence, s.ordinal")
@NamedQuery(
        name = SegmentRow.OF_MESSAGES,
        query = "select s from SegmentRow s where s.message in :ids order by s.message, s.ordinal")
@NamedQuery(
        name = SegmentRow.OF_MESSAGE,
        query = "select s from SegmentRow s where s.message = :message order by s.ordinal")
@NamedQuery(name = SegmentRow.FORGET, query = "delete from SegmentRow s where s.message = :message")
public class SegmentRow {

    /** Writes the text that a row has now. Each parameter but the condition's is called like its column. */
    public static final String GROW = "SegmentRow.grow";

    /** The segments of messages from {@code :first} to {@code :last}, those of one message together and in order. */
    static final String IN_RANGE = "SegmentRow.inRange";

    /** The segments of some messages, those of one together and in order. */
    static final String OF_MESSAGES = "SegmentRow.ofMessages";

    /** The segments of {@code :message}, in order. */
    static final String OF_MESSAGE = "SegmentRow.ofMessage";

    /** All text of {@code :message}. */
    static final String FORGET = "SegmentRow.forget";

    /**
     * Characters after which a run goes on in a further row, so that writing costs the same however long an answer is.
     * PostgreSQL compresses rows beyond 2 KB and puts them aside, which made each save of a growing one four times as dear.
     */
    public static final int ROW = 1_024;

    @Id
    private UUID id;

    @Column(name = "message_id", nullable = false)
    private UUID message;

    @Column(nullable = false)
    private int ordinal;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private SegmentKind kind;

    @Column(nullable = false)
    private boolean continues;

    @Column(nullable = false)
    private String text;

    @Column(nullable = false)
    private long revision;

    @Column(nullable = false)
    private OffsetDateTime created;

    @Column
    private @Nullable OffsetDateTime closed;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected SegmentRow() {}

    public SegmentRow(
            UUID id,
            UUID message,
            int ordinal,
            SegmentKind kind,
            boolean continues,
            String text,
            long revision,
            OffsetDateTime created,
            @Nullable OffsetDateTime closed) {
        this.id = id;
        this.message = message;
        this.ordinal = ordinal;
        this.kind = kind;
        this.continues = continues;
        this.text = text;
        this.revision = revision;
        this.created = created;
        this.closed = closed;
    }

    /** Where a row must end that begins at {@code from}: after {@link #ROW} characters, never inside a surrogate pair. */
    public static int rowEnd(String text, int from) {
        int end = Math.min(text.length(), from + ROW);
        return end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    public UUID message() {
        return message;
    }

    /** Position in its message, from 0. */
    public int ordinal() {
        return ordinal;
    }

    public SegmentKind kind() {
        return kind;
    }

    /** Whether this row goes on with the text of the one before it. */
    public boolean continues() {
        return continues;
    }

    public String text() {
        return text;
    }

    public long revision() {
        return revision;
    }

    public OffsetDateTime created() {
        return created;
    }

    /** When the last character was saved; null while it can still grow. */
    public @Nullable OffsetDateTime closed() {
        return closed;
    }
}
