package app.patter.model;

import app.patter.provider.Provider;
import app.patter.text.CodedText;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A model server that an administrator has added.
 *
 * @param id as {@link Provider#id()}; none of {@link ModelServerFactory#RESERVED}
 * @param label name shown to people
 * @param dialect name of a {@link app.patter.provider.Dialect}
 * @param base its address, with a slash at its end
 * @param key null if it wants none, or if it cannot be read
 * @param trouble why its key cannot be read, for the person who asks its models; null if nothing is wrong
 * @param hidden whether none of its models is offered
 * @param chosenOnly whether only models that have a {@link ModelConfig} are offered, rather than all that it lists
 */
public record ServerConfig(
        String id,
        String label,
        String dialect,
        URI base,
        @Nullable String key,
        @Nullable CodedText trouble,
        boolean hidden,
        boolean chosenOnly) {

    /** Whether the other is reached in the same way, so that what it said last is still true. */
    boolean isReachedLike(ServerConfig other) {
        return dialect.equals(other.dialect)
                && base.equals(other.base)
                && Objects.equals(key, other.key)
                && Objects.equals(trouble, other.trouble);
    }

    /** Without the key, which must not get into a log. */
    @Override
    public String toString() {
        return "Server[" + id + "]";
    }
}
