package app.patter.provider;

import app.patter.chat.ChatMessage;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes short excerpts of what a provider sent that may be shown to people: without the key and without the prompt.
 *
 * @param key the provider's
 * @param secret the prompt, no part of which gets into an excerpt
 */
record Excerpts(@Nullable String key, List<ChatMessage> secret) {

    private static final int LONGEST = 200;
    /** Shorter pieces than this are found in any two texts by chance. */
    private static final int TELLING = 16;

    private static final Pattern KEY_LIKE =
            Pattern.compile("\\b(?:(?:sk|gsk|xai|pk|key|Bearer)[-_ ][A-Za-z0-9*._-]{6,}|AIza[A-Za-z0-9*_-]{6,})");

    /** A short piece of what the provider sent; empty if it echoes the prompt. */
    String of(String said) {
        String clean = plain(said);
        if (key != null) {
            clean = clean.replace(key, "…");
        }
        clean = KEY_LIKE.matcher(clean).replaceAll("…");
        if (clean.length() > LONGEST) {
            clean = clean.substring(0, LONGEST).strip() + "…";
        }
        clean = clean.endsWith(".") ? clean.substring(0, clean.length() - 1) : clean;
        return echoesPrompt(clean) ? "" : clean;
    }

    /** A text on one line, without characters that cannot be seen. */
    static String plain(String said) {
        return said.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\s]+", " ").strip();
    }

    private boolean echoesPrompt(String excerpt) {
        return secret.stream().flatMap(Excerpts::textsOf).anyMatch(text -> echoes(excerpt, text));
    }

    private static Stream<String> textsOf(ChatMessage message) {
        return Stream.of(
                        Stream.of(message.text()),
                        message.calls().stream().map(ToolCall::arguments),
                        message.results().stream().map(ToolResult::text))
                .flatMap(texts -> texts);
    }

    private static boolean echoes(String excerpt, String text) {
        if (text.length() > 3 && text.length() <= TELLING && excerpt.contains(text)) {
            return true;
        }
        for (int i = 0; i + TELLING <= excerpt.length(); i++) {
            if (text.contains(excerpt.substring(i, i + TELLING))) {
                return true;
            }
        }
        return false;
    }
}
