package app.patter.provider;

import java.util.Locale;

/** How much a model is asked to think before it answers. */
public enum ReasoningEffort {
    /** Nothing is said about it: the server decides. */
    UNASKED,
    /** Reasoning is asked for, of whatever length. */
    ON,
    LOW,
    MEDIUM,
    HIGH;

    /** Whether reasoning is asked for at all; some models refuse that. */
    public boolean asks() {
        return this != UNASKED;
    }

    /** Whether a length is asked for too. */
    public boolean measured() {
        return this != UNASKED && this != ON;
    }

    /** The word that OpenAI and Ollama have for it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
