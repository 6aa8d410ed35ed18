package app.patter.model;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolResult;
import app.patter.text.Graphemes;
import java.util.ArrayList;
import java.util.List;

/** Tells a conversation in which tools were called to a model that knows of no tools, which providers refuse otherwise. */
final class ToolHistoryFlattener {

    private static final int LONGEST = 2_000;

    private ToolHistoryFlattener() {}

    /** The turns with calls and results as text. */
    static List<ChatMessage> of(List<ChatMessage> messages) {
        if (messages.stream()
                .allMatch(message ->
                        message.calls().isEmpty() && message.results().isEmpty())) {
            return messages;
        }
        List<ChatMessage> flat = new ArrayList<>();
        StringBuilder answer = new StringBuilder();
        for (ChatMessage message : messages) {
            if (message.role() == Role.ASSISTANT || message.role() == Role.TOOL) {
                append(message, answer);
            } else {
                end(answer, flat);
                flat.add(message);
            }
        }
        end(answer, flat);
        return flat;
    }

    private static void append(ChatMessage message, StringBuilder answer) {
        answer.append(message.text());
        for (ToolResult result : message.results()) {
            String said =
                    result.text().length() <= LONGEST ? result.text() : Graphemes.start(result.text(), LONGEST) + "…";
            answer.append("\n[")
                    .append(result.name())
                    .append(result.failed() ? " failed: " : " answered: ")
                    .append(said)
                    .append("]\n");
        }
    }

    private static void end(StringBuilder answer, List<ChatMessage> flat) {
        if (!answer.isEmpty()) {
            flat.add(new ChatMessage(Role.ASSISTANT, answer.toString()));
            answer.setLength(0);
        }
    }
}
