package app.patter.provider.dialect;

import app.patter.json.Json;
import app.patter.provider.Dialect;
import java.net.URI;

/**
 * OpenRouter, which passes what it is asked on to others: for Anthropic's models a prompt is cached only if somebody says
 * so. With one mark for the whole request it is cached up to its end, and the next question pays for what is new. Pure.
 *
 * <p>Source: OpenRouter's documentation, "Prompt caching", and "AnthropicCacheControlDirective" of its API.
 */
public final class OpenRouter {

    private static final String HOST = "openrouter.ai";
    private static final String ANTHROPIC = "anthropic/";
    private static final String MARK = "{\"cache_control\":{\"type\":\"ephemeral\"}}";

    private OpenRouter() {}

    /** The body of a request in a dialect, with the mark if it goes there and to one of Anthropic's models. */
    public static String marked(URI base, Dialect dialect, String model, String body) {
        boolean wants = HOST.equalsIgnoreCase(base.getHost())
                && dialect instanceof OpenAiChat // Anthropic's own has its marks already
                && model.startsWith(ANTHROPIC);
        return wants ? Json.patched(body, MARK) : body;
    }
}
