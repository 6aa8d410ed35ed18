package app.patter.provider.http;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Azure's model servers: they speak OpenAI's dialects, but a Bearer token is to them one of a person who has logged in,
 * and a key of theirs has a header of its own. All of their addresses take that one, only the newest both. Pure.
 *
 * <p>Source: Azure OpenAI REST API reference, "Authentication"; "Endpoints for Foundry Models".
 */
final class AzureHeaders {

    /** Of a resource for OpenAI's models, of one for all Azure's services, and of one for the models of all makers. */
    private static final List<String> HOSTS =
            List.of(".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com");

    private static final String USUAL = "Authorization";

    private AzureHeaders() {}

    /** What the headers of a dialect are at that address: others only where the key is one of Azure's. */
    static Map<String, String> headers(URI base, @Nullable String key, Map<String, String> usual) {
        if (key == null || !usual.containsKey(USUAL) || !isAt(base)) {
            return usual;
        }
        Map<String, String> headers = new HashMap<>(usual);
        headers.remove(USUAL);
        headers.put("api-key", key);
        return headers;
    }

    private static boolean isAt(URI base) {
        String host = base.getHost();
        return host != null && HOSTS.stream().anyMatch(host.toLowerCase(Locale.ROOT)::endsWith);
    }
}
