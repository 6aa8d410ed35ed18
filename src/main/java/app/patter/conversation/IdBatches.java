package app.patter.conversation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Cuts ids into lists for {@code in :ids}. Databases compare each row with each id of such a list, so one list of 1,000
 * ids costs a million comparisons; and each length is another statement to prepare, so all lists but a single id have the
 * same length, filled up by repeating the last id. Longer lists cost H2 more, shorter ones PostgreSQL, by round trips.
 */
public final class IdBatches {

    private static final int LENGTH = 32;

    private IdBatches() {}

    /** Lists that together hold the given ids, in order. */
    public static List<List<UUID>> of(Collection<UUID> ids) {
        List<UUID> all = List.copyOf(ids);
        if (all.size() == 1) {
            return List.of(all);
        }
        List<List<UUID>> lists = new ArrayList<>();
        for (int from = 0; from < all.size(); from += LENGTH) {
            List<UUID> list = new ArrayList<>(all.subList(from, Math.min(all.size(), from + LENGTH)));
            while (list.size() < LENGTH) {
                list.add(all.get(all.size() - 1));
            }
            lists.add(list);
        }
        return lists;
    }
}
