package app.patter.provider;

import static java.util.stream.Collectors.joining;

import app.patter.chat.ChatMessage;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolSpec;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is asked. When the last turn is the {@linkplain Role#ASSISTANT assistant's}, the answer goes on from its text.
 *
 * @param model the model's name, as its provider knows it
 * @param messages the conversation so far, oldest first; not modifiable
 * @param tools what the model may call; not modifiable
 * @param parameters how to answer
 */
public record ChatRequest(String model, List<ChatMessage> messages, List<ToolSpec> tools, Parameters parameters) {

    private static final String GO_ON =
            "Go on from exactly where your last message ends, as if it had not been cut. Repeat nothing of it and do"
                    + " not comment on this request.";

    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
    }

    /** A prompt without tools. */
    public ChatRequest(String model, List<ChatMessage> messages) {
        this(model, messages, List.of(), Parameters.NONE);
    }

    /** A prompt of which nothing else is said than whether to ask for reasoning. */
    public ChatRequest(String model, List<ChatMessage> messages, List<ToolSpec> tools, boolean reasoning) {
        this(model, messages, tools, Parameters.NONE.with(reasoning ? ReasoningEffort.ON : ReasoningEffort.UNASKED));
    }

    /** Whether to ask for reasoning where it does not come by itself; some models refuse that. */
    public boolean reasoning() {
        return parameters.effort().asks();
    }

    /** Whether the answer goes on from the text of the last turn. */
    public boolean continues() {
        return !messages.isEmpty() && messages.get(messages.size() - 1).role() == Role.ASSISTANT;
    }

    /** The turns for a model that begins a new answer after its own last words: it is asked in words to go on. */
    public List<ChatMessage> messagesWithContinue() {
        return continues()
                ? Stream.concat(messages.stream(), Stream.of(new ChatMessage(Role.USER, GO_ON)))
                        .toList()
                : messages;
    }

    /** The text of all system turns, or an empty one; for providers that take it apart from the others. */
    public String system() {
        return messages.stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .map(ChatMessage::text)
                .collect(joining("\n\n"));
    }

    /** Tells this prompt from the others of a conversation; the same for the same turns. */
    public String mark() {
        String told = messages.stream()
                .map(message -> message.role() + message.text() + message.calls() + message.results())
                .collect(joining("\n"));
        return Integer.toHexString(told.hashCode());
    }

    /** A copy without the provider messages of other sources, in which person and model speak in turn. */
    public ChatRequest sentTo(String source) {
        List<ChatMessage> sent =
                messages.stream().map(message -> sentTo(source, message)).toList();
        return new ChatRequest(model, RoleOrder.of(sent), tools, parameters);
    }

    private static ChatMessage sentTo(String source, ChatMessage message) {
        ProviderMessage original = message.original();
        return original == null || original.source().equals(source) ? message : message.withoutOriginal();
    }
}
