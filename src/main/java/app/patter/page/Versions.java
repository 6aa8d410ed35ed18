package app.patter.page;

import app.patter.conversation.Transcript;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages that could stand where this one stands.
 *
 * @param position of this one, from 1
 * @param previous id of the one before; null for the first
 * @param next     id of the one after; null for the last
 */
public record Versions(
        int position,
        int count,
        @Nullable UUID previous,
        @Nullable UUID next) {

    /** Those of a message; null if it is the only one. */
    static @Nullable Versions of(Transcript.Entry entry) {
        List<UUID> all = entry.alternatives();
        int at = all.indexOf(entry.message().id());
        return all.size() < 2 || at < 0
                ? null
                : new Versions(
                        at + 1,
                        all.size(),
                        at == 0 ? null : all.get(at - 1),
                        at == all.size() - 1 ? null : all.get(at + 1));
    }
}
