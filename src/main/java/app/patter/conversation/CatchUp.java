package app.patter.conversation;

import java.util.List;
import java.util.stream.Stream;

/**
 * What changed in a view after a position, to be done in this order.
 *
 * @param removed  sequence numbers of messages that are not in the view any more
 * @param replaced messages that were there and changed
 * @param added    messages that come at the end
 * @param reload   whether only a fresh page shows it: deleted messages have come back, or very many have gone. Then
 *                 nothing is removed or added, and the answers that are being written are replaced
 */
public record CatchUp(
        String title,
        long revision,
        List<Long> removed,
        List<Transcript.Entry> replaced,
        List<Transcript.Entry> added,
        boolean reload) {

    /** Everything, for a page that shows nothing. */
    static CatchUp whole(String title, long revision, List<Transcript.Entry> entries) {
        return new CatchUp(title, revision, List.of(), List.of(), entries, false);
    }

    /** How much text it holds. */
    public long characters() {
        return Stream.of(replaced, added)
                .flatMap(List::stream)
                .flatMap(entry -> entry.segments().stream())
                .mapToLong(segment -> segment.text().length())
                .sum();
    }
}
