package app.patter.provider.dialect;

import org.jspecify.annotations.Nullable;

/**
 * Tells apart what a model writes into one text where its server does not: the answer, reasoning and tool calls, each
 * between {@linkplain Tag tags}, which may come in pieces. What is code stays as it is. Pure; one object per stream.
 *
 * <p>Most pieces hold nothing that a tag may begin with: those are looked at once and passed on.
 */
final class TaggedText {

    /** A longer tool call is a text that only begins like one. */
    private static final int LONGEST_CALL = 1 << 20;

    private static final String OPENERS = "\"'“‘«(";
    private static final String SENTENCE_ENDS = ".!?:;…。！？：；)>*_`";

    private final Receiver to;
    private final CodeTracker code = new CodeTracker();

    /** What may be the beginning of a tag, or is the inside of a call; nothing of it is handed over. */
    private final StringBuilder held = new StringBuilder();

    /** Blanks in reasoning, or after it, that do not count if it ends with them. */
    private final StringBuilder blanks = new StringBuilder();

    /** The tag that is open; null in the answer. */
    private @Nullable Tag open;

    /** Whether reasoning, or the answer after a tag, has still to begin: its first blanks do not count. */
    private boolean fresh;

    /** Whether some of the answer has been handed over. */
    private boolean said;

    private boolean found;

    /** Takes what was told apart. */
    interface Receiver {

        void text(String text);

        void reasoning(String text);

        /** All text so far was reasoning: its beginning was in the model's template, and nobody could know. */
        void textWasReasoning();

        /** Takes what stood between the tags of a call; false if it is none, and is text. */
        boolean calls(String inside);
    }

    TaggedText(Receiver to) {
        this.to = to;
    }

    /** Whether any tag was taken for what it is, so that the provider's form of the answer is not the whole truth. */
    boolean hasTags() {
        return found;
    }

    /** The next piece of the text. */
    void next(String piece) {
        if (!said || open != null || fresh || !held.isEmpty()) {
            held.append(piece);
            read(false);
            return;
        }
        int end = plain(piece);
        if (end > 0) {
            String text = end == piece.length() ? piece : piece.substring(0, end);
            said = said || !text.isBlank();
            to.text(text);
        }
        if (end < piece.length()) {
            held.append(piece, end, piece.length());
            read(false);
        }
    }

    /** How much of a text comes before all that may begin a tag. */
    private int plain(CharSequence text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Tag.mayBegin(c) && !code.isInside() && Tag.mayBeginAt(text, at)) {
                return at;
            }
            code.take(c);
        }
        return text.length();
    }

    /** Nothing more comes. */
    void end() {
        read(true);
        Tag tag = open;
        if (tag == null || tag.reasons()) {
            give(held.toString());
        } else if (!to.calls(inside(tag, ""))) {
            say(tag.open() + held);
        }
        held.setLength(0);
        open = null;
    }

    private void read(boolean last) {
        boolean more = true;
        while (more && !held.isEmpty()) {
            Tag tag = open;
            if (tag == null) {
                more = readText(last);
            } else if (tag.reasons()) {
                more = readReasoning(tag, last);
            } else {
                more = readCall(tag);
            }
        }
    }

    /** Reads up to the next tag, or as far as it can; whether to go on. */
    private boolean readText(boolean last) {
        for (int at = 0; at < held.length(); at++) {
            char c = held.charAt(at);
            if (Tag.mayBegin(c) && !code.isInside()) {
                Tag.Match match = Tag.at(held, at);
                if (match.partial() && !last) {
                    return stop(at);
                }
                Tag tag = match.tag();
                if (tag != null && !isMention(at, tag)) {
                    begin(tag, at, match.length());
                    return true;
                }
            }
            code.take(c);
        }
        return stop(held.length());
    }

    /** Hands over what stands before {@code at} and waits for more. */
    private boolean stop(int at) {
        give(held.substring(0, at));
        held.delete(0, at);
        return false;
    }

    private void begin(Tag tag, int at, int length) {
        String before = held.substring(0, at);
        held.delete(0, at + length);
        found = true;
        switch (tag.kind()) {
            case REASONING, CALL -> {
                give(before);
                open = tag;
            }
            case CLOSE -> {
                if (said) {
                    give(before);
                    said = false;
                    to.textWasReasoning();
                } else { // the model's template has opened it: all until here was reasoning
                    open = tag;
                    fresh = true;
                    give(before);
                    open = null;
                }
            }
            case NOTHING -> give(before);
        }
        blanks.setLength(0);
        fresh = true;
        code.restart();
    }

    /** Whether somebody writes about a tag, as in {@code the <think> tag}. */
    private boolean isMention(int at, Tag tag) {
        if (!tag.isWord() || tag.kind() == Tag.Kind.CALL) { // what is no call will stay text anyway
            return false;
        }
        char before = at > 0 ? held.charAt(at - 1) : code.last();
        if (OPENERS.indexOf(before) >= 0) {
            return true;
        }
        char visible = code.lastOnLine();
        return (before == ' ' || before == '\t') && visible != 0 && SENTENCE_ENDS.indexOf(visible) < 0;
    }

    private boolean readReasoning(Tag tag, boolean last) {
        for (int at = 0; at < held.length(); at++) {
            if (!Tag.mayBegin(held.charAt(at)) || (at > 0 && held.charAt(at - 1) == '`')) {
                continue;
            }
            int length = tag.closes(held, at);
            if (length > 0) {
                give(held.substring(0, at));
                held.delete(0, at + length);
                blanks.setLength(0);
                open = null;
                fresh = true;
                return true;
            }
            if (length < 0 && !last) {
                return stop(at);
            }
        }
        boolean quoted = held.charAt(held.length() - 1) == '`' && !last;
        return stop(held.length() - (quoted ? 1 : 0)); // what follows it is code
    }

    private boolean readCall(Tag tag) {
        for (String close : tag.closers()) {
            int end = held.indexOf(close);
            if (end >= 0) {
                String inside = held.substring(0, end);
                int behind = end + close.length();
                String whole = tag.open() + held.substring(0, behind);
                held.delete(0, behind);
                open = null;
                if (to.calls(tag.open() + inside + close)) {
                    fresh = true;
                } else {
                    fresh = false;
                    say(whole);
                }
                return true;
            }
        }
        if (held.length() > LONGEST_CALL) {
            open = null;
            say(tag.open() + held);
            held.setLength(0);
        }
        return false;
    }

    private String inside(Tag tag, String close) {
        return tag.open() + held + close;
    }

    private void give(String text) {
        if (open == null) {
            say(text);
        } else {
            think(text);
        }
    }

    private void say(String text) {
        String rest = fresh ? text.stripLeading() : text;
        if (!rest.isEmpty()) {
            fresh = false;
            said = said || !rest.isBlank();
            to.text(rest);
        }
    }

    private void think(String text) {
        String rest = fresh ? text.stripLeading() : text;
        int end = rest.length();
        while (end > 0 && Character.isWhitespace(rest.charAt(end - 1))) {
            end--;
        }
        if (end > 0) {
            fresh = false;
            to.reasoning(blanks + rest.substring(0, end));
            blanks.setLength(0);
        }
        blanks.append(rest, end, rest.length());
    }

    /** Hands over what was held back because it might be a tag; a call that is open stays so. */
    void flush() {
        if (open == null && !held.isEmpty()) {
            say(held.toString());
            held.setLength(0);
        }
    }
}
