package app.patter.model;

import app.patter.provider.Origin;
import app.patter.provider.demo.Demo;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which models people can choose, in which order and under which names, as administrators say it. Immutable. */
final class ModelChoices {

    static final Model DEMO = new Model(Demo.ID + "/" + Demo.MODEL, Demo.LABEL, true);

    private final @Nullable String wanted;
    /** By id of the model, in their order. */
    private final Map<String, ModelConfig> configs = new LinkedHashMap<>();

    /** @param wanted name of the model that the settings choose on their own server; null for none */
    ModelChoices(@Nullable String wanted, List<ModelConfig> configs) {
        this.wanted = wanted;
        configs.forEach(config -> this.configs.put(config.model(), config));
    }

    /** What is said about a model, or that nothing is. */
    ModelConfig config(String id) {
        return configs.getOrDefault(id, ModelConfig.none(id));
    }

    /** What people can choose, best first; the demo where there is nothing else. */
    List<Model> offered(List<ServerModels> servers) {
        List<Model> models = servers.stream()
                .flatMap(server -> of(server).stream())
                .filter(ServerStatus.Choice::offered)
                .sorted(Comparator.comparing(ModelChoices::isForEmbedding)) // stable: otherwise as listed
                .map(choice -> new Model(choice.id(), choice.label(), false))
                .toList();
        return models.isEmpty() ? List.of(DEMO) : models;
    }

    /** The models of a server: the one that the settings want, those that are pinned, then the others as listed. */
    List<ServerStatus.Choice> of(ServerModels server) {
        Set<String> names = new LinkedHashSet<>();
        if (wanted != null && server.origin() == Origin.SETTINGS) {
            names.add(wanted);
        }
        List<ModelConfig> ofServer = configs.values().stream()
                .filter(config -> ModelId.of(config.model()).server().equals(server.id()))
                .toList();
        ofServer.stream().filter(ModelConfig::pinned).forEach(config -> names.add(name(config)));
        names.addAll(server.names());
        ofServer.forEach(config -> names.add(name(config)));
        Set<String> listed = Set.copyOf(server.names());
        return names.stream()
                .filter(name -> new ModelId(server.id(), name).toString().length() <= ModelId.LONGEST)
                .map(name -> choice(server, name, listed.contains(name)))
                .toList();
    }

    private static String name(ModelConfig config) {
        return ModelId.of(config.model()).name();
    }

    private ServerStatus.Choice choice(ServerModels server, String name, boolean listed) {
        String id = new ModelId(server.id(), name).toString();
        ModelConfig config = configs.get(id);
        boolean isWanted = server.origin() == Origin.SETTINGS && name.equals(wanted);
        boolean shown = config == null ? !server.chosenOnly() : !config.hidden();
        boolean offered = isWanted || (shown && !server.hidden());
        return new ServerStatus.Choice(id, name, label(server, name), offered, listed, isWanted, config != null);
    }

    /** What people see: the administrator's name for the model, else its own, with the server where there are several. */
    String label(ServerModels server, String name) {
        String label = config(new ModelId(server.id(), name).toString()).label();
        if (!label.isEmpty()) {
            return label;
        }
        return server.origin() == Origin.SETTINGS ? name : name + " (" + server.label() + ")";
    }

    /** Such models cannot chat, but no list says so other than by the name. */
    private static boolean isForEmbedding(ServerStatus.Choice choice) {
        return !choice.tuned() && choice.name().toLowerCase(Locale.ROOT).contains("embed");
    }
}
