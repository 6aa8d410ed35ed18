package app.patter.conversation;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Consecutive sequence numbers of one conversation. Databases find their messages and segments by an index, and in one
 * statement, where lists of ids cost H2 a comparison of each row with each id.
 *
 * @param first lowest number in it
 * @param last  highest number in it
 */
record SequenceRange(long first, long last) {

    /** Numbers in the longest, so that no statement answers too much at once. */
    private static final int LONGEST = 256;

    /** Numbers that may be read in vain, between two that are wanted, before a statement of its own is cheaper. */
    private static final int GAP = 4;

    /** Ranges that together hold the given numbers, and few others; in ascending order. */
    static List<SequenceRange> of(Collection<Long> sequences) {
        List<SequenceRange> ranges = new ArrayList<>();
        List<Long> sorted = sequences.stream().sorted().toList();
        for (int begin = 0, end; begin < sorted.size(); begin = end) {
            long first = sorted.get(begin);
            end = begin + 1;
            while (end < sorted.size()
                    && sorted.get(end) - sorted.get(end - 1) <= GAP + 1
                    && sorted.get(end) - first < LONGEST) {
                end++;
            }
            ranges.add(new SequenceRange(first, sorted.get(end - 1)));
        }
        return ranges;
    }

    /** What a named query finds for these numbers of a conversation. */
    <T> Stream<T> read(EntityManager entities, String query, Class<T> type, UUID conversation) {
        return entities.createNamedQuery(query, type)
                .setParameter("conversation", conversation)
                .setParameter("first", first)
                .setParameter("last", last)
                .getResultStream();
    }
}
