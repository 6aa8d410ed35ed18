package app.patter.provider.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.patter.provider.Delta;
import app.patter.provider.Elsewhere;
import app.patter.provider.LoopbackModel;
import app.patter.provider.dialect.Anthropic;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureHeadersTest {

    private static final String KEY = "0123456789abcdef";
    private static final Map<String, String> BEARER = Map.of("Authorization", "Bearer " + KEY);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me.openai.azure.com/openai/v1/",
                "https://ME.OpenAI.Azure.com/openai/v1/?api-version=preview",
                "https://me.cognitiveservices.azure.com:443/openai/v1/",
                "https://me.services.ai.azure.com/models/"
            })
    void azuresServersGetTheKeyInTheirOwnHeader(String base) {
        assertEquals(Map.of("api-key", KEY), AzureHeaders.headers(URI.create(base), KEY, BEARER));
        assertEquals(Map.of(), AzureHeaders.headers(URI.create(base), null, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.openai.com/v1/",
                "https://openai.azure.com.example.org/v1/",
                "https://notopenai.azure.com/v1/",
                "https://me.example.org/openai.azure.com/v1/",
                "http://127.0.0.1:8000/v1/"
            })
    void allOthersGetItAsUsual(String base) {
        assertEquals(BEARER, AzureHeaders.headers(URI.create(base), KEY, BEARER));
    }

    @Test
    void aDialectWithAHeaderOfItsOwnKeepsItThere() {
        Map<String, String> original = new Anthropic().headers(KEY);
        assertEquals(
                original,
                AzureHeaders.headers(URI.create("https://me.services.ai.azure.com/anthropic/v1/"), KEY, original));
    }

    @Test
    void theRequestCarriesTheKeyOnceAndWhereAzureLooksForIt() throws IOException {
        try (Elsewhere azure = new Elsewhere("http://me.openai.azure.com/openai/v1/", KEY, "openai", "mine")) {
            assertEquals(List.of("mine"), azure.server().models());
            assertEquals(new Delta.Text("Hi"), azure.ask("mine").get(0));
            assertEquals(2, azure.requests().size());
            for (LoopbackModel.Request request : azure.requests()) {
                assertEquals(KEY, request.headers().get("api-key"));
                assertFalse(request.headers().containsKey("authorization"));
            }
        }
    }
}
