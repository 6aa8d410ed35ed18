package app.patter.model;

import app.patter.provider.Origin;
import app.patter.provider.Provider;
import java.util.List;

/**
 * A model server as {@link ModelRegistry} knows it now, for administrators.
 *
 * @param id as {@link Provider#id()}
 * @param label name shown to people
 * @param dialect name of what it speaks
 * @param address where it is, without a user's name and password
 * @param hasKey whether a key is sent to it
 * @param hidden whether none of its models is offered
 * @param problem why its models cannot be listed, with what to do; empty if they can
 * @param asked whether it has said yet which models it has, or failed to
 * @param choices its models, in the order in which they are offered; not modifiable
 */
public record ServerStatus(
        String id,
        String label,
        Origin origin,
        String dialect,
        String address,
        boolean hasKey,
        boolean hidden,
        String problem,
        boolean asked,
        List<Choice> choices) {

    /**
     * A model of a server.
     *
     * @param id as {@link Model#id()}
     * @param name what its server calls it
     * @param label name shown to people
     * @param offered whether people can choose it
     * @param listed whether the server says that it has it
     * @param wanted whether the settings name it, so that it is always offered
     * @param tuned whether an administrator has said something about it
     */
    public record Choice(
            String id, String name, String label, boolean offered, boolean listed, boolean wanted, boolean tuned) {}
}
