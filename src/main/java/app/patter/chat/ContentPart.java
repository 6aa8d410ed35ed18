package app.patter.chat;

import java.util.List;
import java.util.function.Function;

/** A piece of what a message says. */
public sealed interface ContentPart {

    /** Takes the part by its kind. Another kind will be another argument, so that nobody can forget it. */
    <T> T as(Function<Text, T> text);

    /** The parts of a message that says only this; none if that is nothing. */
    static List<ContentPart> of(String text) {
        return text.isEmpty() ? List.of() : List.of(new Text(text));
    }

    /** Text, as a person or a model wrote it. */
    record Text(String text) implements ContentPart {

        @Override
        public <T> T as(Function<Text, T> function) {
            return function.apply(this);
        }
    }
}
