package app.patter.model;

import app.patter.provider.Origin;
import java.util.List;

/**
 * A server with the models that it listed last.
 *
 * @param id of the server
 * @param label of the server, for people
 * @param hidden whether none of its models is offered
 * @param chosenOnly whether only models that have a {@link ModelConfig} are offered, rather than all that it lists
 * @param names of its models, as the server orders them; not modifiable
 */
record ServerModels(String id, String label, Origin origin, boolean hidden, boolean chosenOnly, List<String> names) {

    ServerModels {
        names = List.copyOf(names);
    }
}
