package app.patter.model;

import app.patter.chat.ChatMessage;
import app.patter.chat.ContentPart;
import app.patter.chat.ProviderMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.chat.ToolSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a conversation fits into a model's context. Whole exchanges are left out, the oldest first: a question with all
 * that follows up to the next one, so that no call of a tool is ever told without its result. What is told before every
 * conversation stays, and so does the last exchange, however long it is. Pure.
 *
 * <p>Tokens are estimated, rather too many than too few: providers count them in ways of their own, of which few can be
 * had. Once something has to be left out it is somewhat more than that, so that the same beginning is told several times
 * and the provider's cache knows it.
 */
final class ContextWindow {

    /** Bytes of UTF-8 for a token: about 4 in English, 3 in code and most other languages and scripts. */
    private static final int BYTES = 3;

    /** Tokens that a turn costs beside its text. */
    private static final int TURN = 6;

    /** Most tokens that are kept free for the answer; of a small context a quarter. */
    private static final long ANSWER = 8_192;

    /** What is left out is a multiple of this part of the context. */
    private static final int STEPS = 5;

    private ContextWindow() {}

    /**
     * Turns that fit.
     *
     * @param messages not modifiable
     * @param leftOut how many turns are missing
     */
    record Fit(List<ChatMessage> messages, int leftOut) {}

    /**
     * Leaves out what is too much.
     *
     * @param size tokens of prompt and answer together
     */
    static Fit fit(List<ChatMessage> messages, List<ToolSpec> tools, long size) {
        long room = size - Math.min(ANSWER, size / 4);
        long used = tools.stream().mapToLong(ContextWindow::tokens).sum()
                + messages.stream().mapToLong(ContextWindow::tokens).sum();
        if (used <= room) {
            return new Fit(List.copyOf(messages), 0);
        }
        long step = Math.max(1, room / STEPS);
        long wanted = (used - room + step - 1) / step * step;
        int end = endOfLeftOut(messages, wanted);
        List<ChatMessage> kept = new ArrayList<>();
        for (int at = 0; at < messages.size(); at++) {
            if (at >= end || messages.get(at).role() == Role.SYSTEM) {
                kept.add(messages.get(at));
            }
        }
        return new Fit(List.copyOf(kept), messages.size() - kept.size());
    }

    /** Where the first exchange begins before which so many tokens can be left out; at the latest the last one. */
    private static int endOfLeftOut(List<ChatMessage> messages, long wanted) {
        long gained = 0;
        int end = 0;
        for (int at = 0; at < messages.size(); at++) {
            ChatMessage message = messages.get(at);
            if (message.role() == Role.USER) {
                end = at;
                if (gained >= wanted) {
                    return end;
                }
            }
            gained += message.role() == Role.SYSTEM ? 0 : tokens(message);
        }
        return end;
    }

    private static long tokens(ToolSpec tool) {
        return TURN + bytes(tool.name(), tool.description(), tool.schema()) / BYTES;
    }

    private static long tokens(ChatMessage message) {
        ProviderMessage original = message.original();
        if (original != null) {
            return TURN + bytes(original.json()) / BYTES; // goes in place of the rest, if at all
        }
        long bytes = 0;
        for (ContentPart part : message.parts()) {
            bytes += part.as(said -> bytes(said.text()));
        }
        for (ToolCall call : message.calls()) {
            bytes += bytes(call.id(), call.name(), call.arguments());
        }
        for (ToolResult result : message.results()) {
            bytes += bytes(result.call(), result.name(), result.text());
        }
        return TURN + bytes / BYTES;
    }

    private static long bytes(String... texts) {
        long bytes = 0;
        for (String text : texts) {
            for (int at = 0; at < text.length(); at++) {
                char c = text.charAt(at);
                bytes += c < 0x80 ? 1 : (c < 0x800 || Character.isSurrogate(c)) ? 2 : 3;
            }
        }
        return bytes;
    }
}
