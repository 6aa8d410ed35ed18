package app.patter.text;

import java.util.List;
import java.util.Locale;

/** Chooses a text of the bundle. Implemented by enums only; a test compares their constants with the bundle. */
public interface TextCode {

    /** The text's key in the bundle. */
    String key();

    /** All keys that belong to it. */
    default List<String> keys() {
        return List.of(key());
    }

    /**
     * This text with its arguments.
     *
     * @param arguments strings, numbers and other {@link CodedText}s
     */
    default CodedText with(Object... arguments) {
        return new CodedText(key(), arguments);
    }

    /** Its words, for those who read them now. */
    default String words(Object... arguments) {
        return Messages.english().text(with(arguments));
    }

    /** The key of a constant: its name in lower case, with hyphens, after a prefix. */
    static String key(String prefix, Enum<?> constant) {
        return prefix + constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
