package app.patter.conversation;

import java.util.List;

/**
 * Which messages of a branch: at most so many of those before one.
 *
 * @param before sequence number
 */
public record Extent(long before, int most) {

    /** The whole branch. */
    public static final Extent ALL = new Extent(Long.MAX_VALUE, Integer.MAX_VALUE);

    boolean has(Paths.Link link) {
        return link.sequence() < before;
    }

    List<Paths.Link> of(List<Paths.Link> path) {
        return path.subList(Math.max(0, path.size() - most), path.size());
    }
}
