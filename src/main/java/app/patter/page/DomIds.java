package app.patter.page;

/**
 * The ids that elements of a conversation's page have, made here and nowhere else: a letter, and the sequence number of
 * the message; for what belongs to a run of text, its ordinal too. Whoever needs a number keeps it beside the id.
 */
public final class DomIds {

    private DomIds() {}

    /** A whole message. */
    public static String message(long number) {
        return "m" + number;
    }

    /** Who wrote a message, and how far it is. */
    public static String head(long number) {
        return "h" + number;
    }

    /** What holds a message's runs. */
    public static String body(long number) {
        return "b" + number;
    }

    /** What can be done with a message. */
    public static String foot(long number) {
        return "f" + number;
    }

    /** Where a form about a message opens. */
    public static String slot(long number) {
        return "s" + number;
    }

    /** The text of a run, or the arguments of a tool call. */
    public static String text(long number, int ordinal) {
        return "r" + number + "-" + ordinal;
    }

    /** The title above a run. */
    public static String title(long number, int ordinal) {
        return "t" + number + "-" + ordinal;
    }

    /** What folds a run. */
    public static String fold(long number, int ordinal) {
        return "d" + number + "-" + ordinal;
    }

    /** A tool call. */
    public static String call(long number, int ordinal) {
        return "c" + number + "-" + ordinal;
    }
}
