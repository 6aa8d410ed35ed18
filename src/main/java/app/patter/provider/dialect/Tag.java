package app.patter.provider.dialect;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mark in the text of a model that its server should have read and did not. Immutable.
 *
 * <p>Source: the chat templates of the models. {@code <think>} is DeepSeek's and Qwen's, {@code <thought>} Gemma's, {@code
 * [THINK]} Mistral's, {@code ◁think▷} Kimi's; {@code <|channel|>} is from OpenAI's "Harmony response format". For calls see
 * {@link WrittenCalls}.
 *
 * @param open how it begins, in upper or lower case
 * @param closers how it may end
 */
record Tag(String open, List<String> closers, Kind kind) {

    enum Kind {
        REASONING,
        CALL,
        /** Reasoning ends that has not begun here. */
        CLOSE,
        /** It says nothing. */
        NOTHING
    }

    /**
     * What stands somewhere in a text.
     *
     * @param tag null if there is none
     * @param length of the tag
     * @param partial whether a tag may have begun
     */
    record Match(@Nullable Tag tag, int length, boolean partial) {}

    private static final Match NONE = new Match(null, 0, false);
    private static final Match PARTIAL = new Match(null, 0, true);

    private static final List<String> MESSAGE_ENDS = List.of("<|end|>", "<|return|>", "<|call|>");

    /** A header of Harmony: it ends with {@code <|message|>}, and says what follows. */
    private static final List<String> HEADERS = List.of("<|channel|>", "<|start|>");

    private static final String MESSAGE = "<|message|>";
    private static final int LONGEST_HEADER = 200;

    private static final List<Tag> ALL = Stream.of(
                    words("think", "thinking", "thought", "thoughts", "reasoning", "seed:think"),
                    pair("[THINK]", "[/THINK]"),
                    pair("◁think▷", "◁/think▷"),
                    pair("<|begin_of_thought|>", "<|end_of_thought|>"),
                    calls("<tool_call>", "</tool_call>"),
                    calls("<tool_calls>", "</tool_calls>"),
                    calls("<function_call>", "</function_call>"),
                    calls("<function_calls>", "</function_calls>"),
                    calls("<minimax:tool_call>", "</minimax:tool_call>"),
                    calls("<function=", "</function>"),
                    calls("<invoke name=", "</invoke>"),
                    calls("<|tool_call|>", "<|/tool_call|>"),
                    calls("<|tool_calls_section_begin|>", "<|tool_calls_section_end|>"),
                    calls("<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>"),
                    calls("<|python_tag|>", "<|eom_id|>"),
                    calls("[TOOL_CALLS]", "</s>"),
                    MESSAGE_ENDS.stream().map(end -> new Tag(end, List.of(), Kind.NOTHING)))
            .flatMap(tags -> tags)
            .toList();

    /** What the second character of a tag may be. */
    private static final String SECOND = Stream.concat(ALL.stream().map(Tag::open), HEADERS.stream())
            .map(tag -> tag.substring(1, 2))
            .flatMap(c -> Stream.of(c.toLowerCase(Locale.ROOT), c.toUpperCase(Locale.ROOT)))
            .distinct()
            .collect(Collectors.joining());

    private static Stream<Tag> words(String... names) {
        return Stream.of(names).flatMap(name -> pair("<" + name + ">", "</" + name + ">"));
    }

    private static Stream<Tag> pair(String open, String close) {
        return Stream.of(new Tag(open, List.of(close), Kind.REASONING), new Tag(close, List.of(), Kind.CLOSE));
    }

    private static Stream<Tag> calls(String open, String close) {
        return Stream.of(new Tag(open, List.of(close), Kind.CALL));
    }

    /** Whether a tag may begin with it. */
    static boolean mayBegin(char c) {
        return c == '<' || c == '[' || c == '◁';
    }

    /** Whether a tag may begin there, as far as its first two characters tell. */
    static boolean mayBeginAt(CharSequence text, int at) {
        return at + 1 == text.length() || SECOND.indexOf(text.charAt(at + 1)) >= 0;
    }

    boolean reasons() {
        return kind == Kind.REASONING || kind == Kind.CLOSE;
    }

    /** Whether people may write it when they write about models. */
    boolean isWord() {
        return open.charAt(0) == '<' && open.charAt(1) != '|' && open.charAt(1) != '｜';
    }

    /** The tag at a place; one that is longer comes first. */
    static Match at(CharSequence text, int at) {
        if (!mayBeginAt(text, at)) {
            return NONE;
        }
        boolean partial = false;
        for (Tag tag : ALL) {
            int length = lengthAt(text, at, tag.open);
            if (length > 0) {
                return new Match(tag, length, false);
            }
            partial |= length < 0;
        }
        for (String header : HEADERS) {
            int length = lengthAt(text, at, header);
            if (length > 0) {
                return header(text, at);
            }
            partial |= length < 0;
        }
        return partial ? PARTIAL : NONE;
    }

    private static Match header(CharSequence text, int at) {
        String rest = text.subSequence(at, Math.min(text.length(), at + LONGEST_HEADER))
                .toString();
        int end = rest.indexOf(MESSAGE);
        if (end < 0) {
            return rest.length() < LONGEST_HEADER ? PARTIAL : NONE;
        }
        String says = rest.substring(0, end);
        int length = end + MESSAGE.length();
        if (says.contains("to=")) {
            return new Match(new Tag(rest.substring(0, length), MESSAGE_ENDS, Kind.CALL), length, false);
        }
        Kind kind = says.contains("analysis") ? Kind.REASONING : Kind.NOTHING;
        return new Match(new Tag(rest.substring(0, length), List.of("<|end|>", "<|return|>"), kind), length, false);
    }

    /** How long the closing tag at a place is; 0 if there is none, -1 if there may be one when more comes. */
    int closes(CharSequence text, int at) {
        int found = 0;
        for (String close : closers) {
            int length = lengthAt(text, at, close);
            if (length > 0) {
                return length;
            }
            found = Math.min(found, length);
        }
        return found;
    }

    private static int lengthAt(CharSequence text, int at, String tag) {
        int most = Math.min(tag.length(), text.length() - at);
        for (int i = 0; i < most; i++) {
            if (Character.toLowerCase(text.charAt(at + i)) != Character.toLowerCase(tag.charAt(i))) {
                return 0;
            }
        }
        return most == tag.length() ? most : -1;
    }
}
