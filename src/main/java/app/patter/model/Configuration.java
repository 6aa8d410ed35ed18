package app.patter.model;

import java.util.List;

/**
 * What administrators have said about servers and models, beside the settings.
 *
 * @param servers in the order in which their models are offered; not modifiable
 * @param configs at most one for each model; those of one server in the order of its models; not modifiable
 */
public record Configuration(List<ServerConfig> servers, List<ModelConfig> configs) {

    public Configuration {
        servers = List.copyOf(servers);
        configs = List.copyOf(configs);
    }
}
