package app.patter.conversation;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something that happens to one call of a tool. {@link ToolEventCodec} makes it the text of a segment, and reads it again. */
public sealed interface ToolEvent {

    /** Id of the call, unique in its answer. */
    String call();

    /** The kind of segment that it is. */
    default SegmentKind kind() {
        return SegmentKind.TOOL_RESULT;
    }

    /**
     * The model calls. A call whose id has come before replaces the one before.
     *
     * @param given     what its provider calls it, which gives calls of several rounds the same id at times
     * @param name      name of the tool
     * @param title     what people call it; may be empty
     * @param arguments as far as they have come: they may grow
     */
    record Called(String call, String given, String name, String title, String arguments) implements ToolEvent {

        @Override
        public SegmentKind kind() {
            return SegmentKind.TOOL_CALL;
        }
    }

    /** A person has to say whether the call may be made. */
    record Asked(String call) implements ToolEvent {}

    /** The call is made now. Whoever does not find this knows that it has had no effect. */
    record Begun(String call) implements ToolEvent {}

    /** The call has come so far. */
    record Progressed(String call, Progress progress) implements ToolEvent {}

    /** A piece of what the tool of an agent says while it works. */
    record Said(String call, String text) implements ToolEvent {}

    /**
     * The call has ended.
     *
     * @param milliseconds how long it took; 0 if nobody knows
     * @param images       ids of pictures; not modifiable
     * @param text         what the tool says, or why it says nothing
     */
    record Ended(String call, Outcome outcome, long milliseconds, List<String> images, String text)
            implements ToolEvent {

        public Ended {
            images = List.copyOf(images);
        }

        /** One of which only the text is known. */
        public Ended(String call, Outcome outcome, String text) {
            this(call, outcome, 0, List.of(), text);
        }
    }

    /**
     * How far a call is.
     *
     * @param total   null if nobody knows
     * @param message empty if there is none
     */
    record Progress(double reached, @Nullable Double total, String message) {}

    /** How a call ended. */
    enum Outcome {
        DONE,
        FAILED,
        /** A person did not allow it. */
        REFUSED;

        /** In one word, for pages and programs. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
