package app.patter.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server of tools as an administrator has described it.
 *
 * @param slug what the names of its tools begin with
 * @param label name for people
 * @param address web address, or command line
 * @param secret key for the one, environment for the other; null if there is none
 * @param trouble why the secret cannot be read; empty if it can
 * @param permission of its tools about which nothing is said
 * @param hidden whether none of its tools is offered
 */
public record ToolServer(
        String slug,
        String label,
        Kind kind,
        String address,
        @Nullable String secret,
        String trouble,
        Permission permission,
        boolean hidden) {

    /** How it is reached. */
    public enum Kind {
        /** Streamable HTTP. */
        HTTP,
        /** A process of its own, over its standard input and output. */
        COMMAND
    }

    /** Whether a connection to the other serves this one too. */
    boolean isReachedLike(ToolServer other) {
        return kind == other.kind
                && address.equals(other.address)
                && trouble.equals(other.trouble)
                && Objects.equals(secret, other.secret);
    }

    /** The words of a command line: separated by blanks, which quotes keep together. */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    /** Without the secret, which must not get into a log. */
    @Override
    public String toString() {
        return "ToolServer[" + slug + "]";
    }
}
