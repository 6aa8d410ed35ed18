package app.patter.provider.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A message taken apart into a text that was pasted and the question asked about it. Pure.
 *
 * @param passage the pasted text, empty if the message is only a question
 * @param question what is asked, empty if the message is only a text
 */
record PastedText(String passage, String question) {

    /** Longer than anybody types a question. */
    private static final int LONG = 280;

    private static final int SEVERAL_SENTENCES = 4;

    /** Takes a message apart; the question is its last or first paragraph or sentence, whichever looks like one. */
    static PastedText in(String message) {
        String text = message.strip();
        if (text.length() <= LONG
                && SourceText.sentencesOf(text).size() < SEVERAL_SENTENCES
                && !text.contains("\n\n")) {
            return new PastedText("", text);
        }
        List<String> paragraphs = parts(text, "\\R\\s*\\R");
        if (paragraphs.size() == 1) {
            paragraphs = parts(text, "\\R");
        }
        if (paragraphs.size() > 1) {
            PastedText found = apart(paragraphs, "\n\n");
            if (!found.question().isEmpty()) {
                return found;
            }
        }
        PastedText found = apart(SourceText.sentencesOf(text), " ");
        // a first or last sentence that does not ask is part of the text, unlike a paragraph set apart
        return asks(found.question())
                ? new PastedText(text.replace(found.question(), "").strip(), found.question())
                : new PastedText(text, "");
    }

    private static List<String> parts(String text, String separator) {
        return Arrays.stream(text.split(separator))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    private static PastedText apart(List<String> parts, String separator) {
        String first = parts.get(0);
        String last = parts.get(parts.size() - 1);
        boolean takeLast = asks(last) || (!asks(first) && !first.endsWith(":") && isShort(last) && !isShort(first));
        boolean takeFirst = !takeLast && isShort(first) && (asks(first) || first.endsWith(":"));
        if (!takeLast && !takeFirst) {
            return new PastedText(String.join(separator, parts), "");
        }
        List<String> rest = new ArrayList<>(parts);
        String question = rest.remove(takeLast ? rest.size() - 1 : 0);
        return new PastedText(String.join(separator, rest), question);
    }

    private static boolean asks(String part) {
        return isShort(part) && (part.endsWith("?") || part.endsWith("？") || part.endsWith("؟"));
    }

    private static boolean isShort(String part) {
        return part.length() <= LONG;
    }
}
