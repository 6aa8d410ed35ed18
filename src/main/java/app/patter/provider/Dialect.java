package app.patter.provider;

import app.patter.provider.dialect.Dialects;
import app.patter.provider.dialect.ModelList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of provider is spoken to: the one thing that differs from provider to provider. Pure and immutable.
 * {@link Dialects} knows them all; {@code docs/providers.md} tells how to add one.
 */
public interface Dialect {

    /** How payloads follow each other in a stream whose content type does not say so. */
    enum Framing {
        /** As server-sent events. */
        EVENTS,
        /** One on each line. */
        LINES
    }

    /** Its name in the settings, in lower case. */
    String name();

    /** How the base address of such a server ends, such as {@code /v1}; empty if it may end in any way. */
    String ending();

    default Framing framing() {
        return Framing.EVENTS;
    }

    /** Headers that every request carries. */
    default Map<String, String> headers(@Nullable String key) {
        return key == null ? Map.of() : Map.of("Authorization", "Bearer " + key);
    }

    /** Where the prompt is posted to, relative to the base address. */
    String path(ChatRequest request);

    /** The body of the request for a streamed answer, in JSON. */
    String body(ChatRequest request);

    /** Reads the answer. */
    AnswerParser parser(RequestContext context);

    /** Where the list of models is read, relative to the base address. */
    default String listPath() {
        return "models";
    }

    /**
     * The names in the list of models.
     *
     * @throws IllegalStateException if it is no such list
     */
    default List<String> names(String list) {
        return ModelList.read(list, "data", "id");
    }
}
