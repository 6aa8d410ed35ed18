package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.provider.ChatRequest;
import app.patter.provider.Delta;
import app.patter.provider.Elsewhere;
import app.patter.provider.Parameters;
import app.patter.provider.ReasoningEffort;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenRouterTest {

    private static final String THERE = "https://openrouter.ai/api/v1/";

    private static String body(String dialect, String model) {
        return Dialects.named(dialect).body(new ChatRequest(model, List.of(new ChatMessage(Role.USER, "q"))));
    }

    @Test
    void aPromptForAnthropicsModelsIsMarkedOnceForTheWholeRequest() {
        String body = body("openai", "anthropic/claude-sonnet-4");
        String marked =
                OpenRouter.marked(URI.create(THERE), Dialects.named("openai"), "anthropic/claude-sonnet-4", body);
        assertEquals(body.replaceFirst("}$", ",\"cache_control\":{\"type\":\"ephemeral\"}}"), marked);
        Parameters without =
                new Parameters(new BigDecimal("0.5"), ReasoningEffort.UNASKED, null, "{\"cache_control\":null}");
        assertEquals(body, without.onto(marked));
    }

    @Test
    void theMarkGoesOverTheWire() throws IOException {
        String model = "anthropic/claude-sonnet-4";
        try (Elsewhere there = new Elsewhere("http://openrouter.ai/api/v1/", "k", "openai", model)) {
            assertEquals(new Delta.Text("Hi"), there.ask(model).get(0));
            assertTrue(there.requests().get(0).body().contains("\"cache_control\":{\"type\":\"ephemeral\"}"));
            there.ask("openai/gpt-5");
            assertFalse(there.requests().get(1).body().contains("cache_control"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://openrouter.ai/api/v1/, openai, openai/gpt-5",
        "https://openrouter.ai/api/v1/, openai, someone/anthropic/x",
        "https://openrouter.ai/api/v1/, anthropic, anthropic/claude-sonnet-4",
        "https://openrouter.ai.example.org/v1/, openai, anthropic/claude-sonnet-4",
        "http://127.0.0.1:4000/v1/, openai, anthropic/claude-sonnet-4"
    })
    void allOthersAreAskedAsTheyWere(URI base, String dialect, String model) {
        String body = body(dialect, model);
        assertEquals(body, OpenRouter.marked(base, Dialects.named(dialect), model, body));
    }
}
