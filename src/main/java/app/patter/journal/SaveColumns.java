package app.patter.journal;

import app.patter.chat.TokenUsage;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a save writes, by their names in the database: said once, for {@link SaveTransaction}, which gives them
 * to JPA, and for {@link ShutdownSave}, which makes SQL of them.
 */
final class SaveColumns {

    private SaveColumns() {}

    /** Those of a message that ends. */
    static void ofEnd(Snapshot change, Completion end, long revision, BiConsumer<String, @Nullable Object> column) {
        TokenUsage used = end.used();
        column.accept("state", end.state());
        column.accept("revision", revision);
        column.accept("model", change.ticket().model());
        column.accept("error", end.errorJson());
        column.accept("finish", end.finish());
        column.accept("input_tokens", used == null ? null : used.input());
        column.accept("output_tokens", used == null ? null : used.output());
        column.accept("cached_tokens", used == null ? null : used.cached());
        column.accept("reasoning_tokens", used == null ? null : used.reasoning());
        column.accept("cost", used == null ? null : used.cost());
        column.accept("ended", OffsetDateTime.now(ZoneOffset.UTC));
    }

    /** Those of a segment's row that has grown. */
    static void ofGrown(SegmentWrite write, long revision, BiConsumer<String, @Nullable Object> column) {
        column.accept("text", write.text());
        column.accept("revision", revision);
        column.accept("closed", write.closed());
    }

    /** Those of a segment's row that is new. */
    static void ofNew(UUID message, SegmentWrite write, long revision, BiConsumer<String, @Nullable Object> column) {
        column.accept("id", write.id());
        column.accept("message_id", message);
        column.accept("ordinal", write.ordinal());
        column.accept("kind", write.kind());
        column.accept("continues", write.continues());
        column.accept("created", write.created());
        ofGrown(write, revision, column);
    }
}
