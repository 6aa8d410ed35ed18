package app.patter.model;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolSpec;
import app.patter.provider.ChatRequest;
import app.patter.provider.Parameters;
import app.patter.provider.ReasoningEffort;
import java.util.List;
import java.util.stream.Stream;

/** Makes what a model is sent out of a conversation and of what administrators say about the model. Pure. */
final class ChatRequests {

    private ChatRequests() {}

    /**
     * A request that fits into the model's context.
     *
     * @param leftOut how many messages had to be left out, the oldest
     */
    record Fitted(ChatRequest request, int leftOut) {}

    /** @param reasons whether the model is to reason unless an administrator has said how much */
    static Parameters parameters(ModelConfig config, boolean reasons) {
        Parameters parameters = config.parameters();
        return reasons && !parameters.effort().asks() ? parameters.with(ReasoningEffort.ON) : parameters;
    }

    /**
     * The next request of a conversation: after the administrator's system prompt, and without what the model's context
     * has no room for. Where there are no tools to call, earlier calls are told as text.
     */
    static Fitted next(ModelConfig config, Parameters parameters, List<ChatMessage> messages, List<ToolSpec> tools) {
        List<ChatMessage> all =
                withSystemPrompt(config.system(), tools.isEmpty() ? ToolHistoryFlattener.of(messages) : messages);
        String name = ModelId.of(config.model()).name();
        Long size = parameters.contextSize();
        if (size == null) {
            return new Fitted(new ChatRequest(name, all, tools, parameters), 0);
        }
        ContextWindow.Fit fit = ContextWindow.fit(all, tools, size);
        return new Fitted(new ChatRequest(name, fit.messages(), tools, parameters), fit.leftOut());
    }

    /** A request on Patter's own behalf: without the model's system prompt, temperature and reasoning. */
    static ChatRequest internal(ModelConfig config, List<ChatMessage> messages) {
        Parameters parameters = config.parameters();
        return new ChatRequest(
                ModelId.of(config.model()).name(),
                messages,
                List.of(),
                new Parameters(null, ReasoningEffort.UNASKED, parameters.contextSize(), parameters.others()));
    }

    private static List<ChatMessage> withSystemPrompt(String system, List<ChatMessage> messages) {
        return system.isEmpty()
                ? messages
                : Stream.concat(Stream.of(new ChatMessage(Role.SYSTEM, system)), messages.stream())
                        .toList();
    }
}
