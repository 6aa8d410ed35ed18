package app.patter.model;

import app.patter.provider.dialect.Dialects;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the dialects are called on pages. */
final class DialectLabels {

    private static final Map<String, String> LABELS = Map.of(
            "openai", "OpenAI chat completions",
            "responses", "OpenAI responses",
            "anthropic", "Anthropic messages",
            "gemini", "Google Gemini",
            "ollama", "Ollama’s own API",
            "agent", "Agent (stream-json)");

    private DialectLabels() {}

    /** A dialect in words; its name if there are none for it. */
    static String label(String dialect) {
        return LABELS.getOrDefault(dialect, dialect);
    }

    /** All dialects that can be chosen, with their words. */
    static Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        Dialects.ALL.forEach(dialect -> all.put(dialect.name(), label(dialect.name())));
        return all;
    }
}
