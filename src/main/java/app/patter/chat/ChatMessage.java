package app.patter.chat;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation, as a model is told it.
 *
 * @param parts what it says, in order; may be empty where there is something else; not modifiable
 * @param calls tools that the assistant called after that; not modifiable
 * @param results what those tools answered, in the order of the calls, all in one message of {@link Role#TOOL}; not
 *     modifiable
 * @param original the assistant's message as its provider wrote it; only that provider gets it, instead of parts and calls
 */
public record ChatMessage(
        Role role,
        List<ContentPart> parts,
        List<ToolCall> calls,
        List<ToolResult> results,
        @Nullable ProviderMessage original) {

    public ChatMessage {
        parts = List.copyOf(parts);
        calls = List.copyOf(calls);
        results = List.copyOf(results);
    }

    /** A message that says only text, which may be empty. */
    public ChatMessage(
            Role role,
            String text,
            List<ToolCall> calls,
            List<ToolResult> results,
            @Nullable ProviderMessage original) {
        this(role, ContentPart.of(text), calls, results, original);
    }

    /** A message that is only text. */
    public ChatMessage(Role role, String text) {
        this(role, text, List.of(), List.of(), null);
    }

    /** The answers of the tools that the message before has called. */
    public static ChatMessage of(List<ToolResult> results) {
        return new ChatMessage(Role.TOOL, List.of(), List.of(), results, null);
    }

    /** Whether there is nothing to tell. */
    public boolean isEmpty() {
        return parts.isEmpty() && calls.isEmpty() && results.isEmpty() && original == null;
    }

    /** All text that it says; empty if there is none. */
    public String text() {
        return parts.stream().map(part -> part.as(ContentPart.Text::text)).collect(Collectors.joining());
    }

    /** The same for a provider that has not written it. */
    public ChatMessage withoutOriginal() {
        return new ChatMessage(role, parts, calls, results, null);
    }
}
