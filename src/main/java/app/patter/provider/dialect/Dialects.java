package app.patter.provider.dialect;

import app.patter.provider.Dialect;
import java.util.List;

/** Every dialect that can be chosen in the settings. */
public final class Dialects {

    public static final List<Dialect> ALL = List.of(
            new OpenAiChat(OpenAiChat.Continuation.WORDS),
            new OpenAiResponses(),
            new Anthropic(),
            new Gemini(),
            new Ollama(),
            new Agent());

    private Dialects() {}

    /**
     * The dialect with that name.
     *
     * @throws IllegalArgumentException if there is none; the settings allow only names that there are
     */
    public static Dialect named(String name) {
        return ALL.stream()
                .filter(dialect -> dialect.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no dialect " + name));
    }
}
