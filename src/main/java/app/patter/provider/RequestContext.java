package app.patter.provider;

import app.patter.chat.ProviderMessage;
import app.patter.chat.ToolSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a question when its answer is read.
 *
 * @param source where the answer comes from: dialect, server and model; marks its {@link ProviderMessage}
 * @param mark the prompt's; keeps the ids apart that are made up for tool calls without one
 * @param errors what can go wrong on the way
 * @param tools what the model was told of; null if that is not known
 */
public record RequestContext(
        String source,
        String mark,
        ProviderErrors errors,
        @Nullable List<ToolSpec> tools) {

    /** One of which the tools are not known. */
    public RequestContext(String source, String mark, ProviderErrors errors) {
        this(source, mark, errors, null);
    }
}
