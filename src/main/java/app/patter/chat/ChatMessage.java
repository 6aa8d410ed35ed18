package app.patter.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message of a conversation, as a model is told it.
 *
 * @param text may be empty where there is something else
 * @param calls tools that the assistant called after the text
 * @param results what those tools answered, in the order of the calls, all in one turn of {@link Role#TOOL}
 * @param original the assistant's message as its provider wrote it; only that provider gets it, instead of text and calls
 */
public record ChatMessage(
        Role role,
        String text,
        List<ToolCall> calls,
        List<ToolResult> results,
        @Nullable ProviderMessage original) {

    public ChatMessage {
        calls = List.copyOf(calls);
        results = List.copyOf(results);
    }

    /** A turn that is only text. */
    public ChatMessage(Role role, String text) {
        this(role, text, List.of(), List.of(), null);
    }

    /** Whether there is nothing to tell. */
    public boolean isEmpty() {
        return text.isEmpty() && calls.isEmpty() && results.isEmpty() && original == null;
    }

    /** The answers of the tools that the turn before has called. */
    public static ChatMessage of(List<ToolResult> results) {
        return new ChatMessage(Role.TOOL, "", List.of(), results, null);
    }
}
