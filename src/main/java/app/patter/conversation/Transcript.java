package app.patter.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One branch of a conversation or a part of it, as it stood at one revision.
 *
 * @param model  id of the model last chosen; null before the first message
 * @param newest whether the branch ends at the newest message of all
 * @param more   whether the branch has earlier messages than these
 */
public record Transcript(
        UUID conversation,
        String title,
        @Nullable String model,
        long revision,
        boolean newest,
        boolean more,
        List<Entry> entries) {

    /**
     * A message with its runs.
     *
     * @param alternatives ids of all messages with the same parent, itself included, oldest first
     * @param decided      ids of the calls about which a person has decided, while it waits for decisions
     */
    public record Entry(Message message, List<Segment> segments, List<UUID> alternatives, Set<String> decided) {

        /** A new message that is the only one in its place. */
        static Entry first(Message message, String text) {
            List<Segment> segments = text.isEmpty()
                    ? List.of()
                    : List.of(new Segment(0, SegmentKind.TEXT, text, message.created(), Duration.ZERO));
            return new Entry(message, segments, List.of(message.id()), Set.of());
        }
    }
}
