package app.patter.provider;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets person and model speak in turn, as many providers and templates demand: answers that failed or stayed empty leave
 * two questions in a row, or a question right after what tools have answered. Pure.
 */
final class RoleOrder {

    /** What the model is told of an answer that ended after its tools. */
    private static final String NO_ANSWER = "(This answer ended before anything was written.)";

    private RoleOrder() {}

    /** The same messages; two of one role in a row are joined. */
    static List<ChatMessage> of(List<ChatMessage> messages) {
        List<ChatMessage> ordered = new ArrayList<>();
        for (ChatMessage message : messages) {
            ChatMessage last = ordered.isEmpty() ? null : ordered.get(ordered.size() - 1);
            if (last != null && canJoin(last, message)) {
                ordered.set(ordered.size() - 1, joined(last, message));
            } else {
                if (last != null && last.role() == Role.TOOL && message.role() == Role.USER) {
                    ordered.add(new ChatMessage(Role.ASSISTANT, NO_ANSWER));
                }
                ordered.add(message);
            }
        }
        return ordered;
    }

    /** Calls are followed by what the tools answered; an original says what its provider wants to be told. */
    private static boolean canJoin(ChatMessage first, ChatMessage second) {
        return first.role() == second.role()
                && (first.role() == Role.USER || first.role() == Role.ASSISTANT)
                && first.calls().isEmpty()
                && first.original() == null
                && second.original() == null;
    }

    private static ChatMessage joined(ChatMessage first, ChatMessage second) {
        String between = first.text().isEmpty() || second.text().isEmpty() ? "" : "\n\n";
        return new ChatMessage(
                first.role(), first.text() + between + second.text(), second.calls(), second.results(), null);
    }
}
