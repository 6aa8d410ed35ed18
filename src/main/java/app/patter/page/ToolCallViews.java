package app.patter.page;

import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEventCodec;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The calls of tools in one answer, by the id of the call. Not thread-safe. */
public final class ToolCallViews {

    private final UUID conversation;
    private final UUID message;
    private final long number;
    private final Map<String, ToolCallView> calls = new LinkedHashMap<>();

    /** None so far, of the answer with this sequence number. */
    public ToolCallViews(UUID conversation, UUID message, long number) {
        this.conversation = conversation;
        this.message = message;
        this.number = number;
    }

    /** Whether runs of this kind are text, and no calls of tools. */
    public static boolean isText(SegmentKind kind) {
        return kind != SegmentKind.TOOL_CALL && kind != SegmentKind.TOOL_RESULT;
    }

    /** Takes note of a whole run. */
    public void add(Segment segment) {
        if (segment.kind() == SegmentKind.TOOL_CALL) {
            begin(segment.ordinal(), segment.text(), segment.began());
        } else if (segment.kind() == SegmentKind.TOOL_RESULT) {
            happened(segment.text());
        }
    }

    /**
     * A call begins.
     *
     * @return it and the one whose place it takes, if the same call has begun before; null if it is none
     */
    public @Nullable Begun begin(int ordinal, String text, OffsetDateTime began) {
        if (!(ToolEventCodec.decode(text).orElse(null) instanceof ToolEvent.Called called)) {
            return null;
        }
        ToolCallView view = new ToolCallView(conversation, message, number, ordinal, called, began);
        return new Begun(view, calls.put(view.id(), view));
    }

    /** A call that begins, and the one whose place it takes. */
    public record Begun(ToolCallView view, @Nullable ToolCallView before) {}

    /** Something happens to a call, which is returned; empty if there is no such call. */
    public Optional<ToolCallView> happened(String text) {
        return ToolEventCodec.decode(text).flatMap(event -> {
            Optional<ToolCallView> card = Optional.ofNullable(calls.get(event.call()));
            card.ifPresent(found -> found.happened(event));
            return card;
        });
    }

    /** The card that begins with that run, unless another has taken its place. */
    public Optional<ToolCallView> at(int ordinal) {
        return calls.values().stream().filter(view -> view.ordinal() == ordinal).findFirst();
    }

    /** All of them, in the order in which they first began. */
    public Collection<ToolCallView> all() {
        return Collections.unmodifiableCollection(calls.values());
    }
}
