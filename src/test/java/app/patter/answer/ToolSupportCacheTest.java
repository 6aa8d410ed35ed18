package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.Delta.Failed;
import app.patter.text.BaseText;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures mean that a model takes no tools, and for how long. */
class ToolSupportCacheTest {

    @ParameterizedTest
    @CsvSource({
        "400, this model does not support tools, true",
        "404, No endpoints found that support tool use, true",
        "422, function calling is not enabled, true",
        "400, Unknown field: tool_choice, true",
        "500, the tool parser crashed, false",
        "429, too many tools, false",
        "404, 'the model toolmaster: tool-8b does not exist', false",
        "404, model toolmaster not found, false",
        "400, '', false"
    })
    void onlyTheProvidersOwnWordsSayThatItTakesNoTools(int status, String said, boolean about) {
        Failed failed = new Failed(
                Failed.Kind.REQUEST,
                status,
                null,
                false,
                BaseText.OTHER.with("The server at tool.example does not like tools."),
                said);
        assertEquals(about, ToolSupportCache.isAboutTools(failed, "tools/tool-8b"));
    }

    @Test
    void aModelThatRefusedIsToldOfToolsAgainAfterAWhile() {
        AtomicLong now = new AtomicLong();
        ToolSupportCache toolless = new ToolSupportCache(now::get);
        assertFalse(toolless.refuses("a/b"));
        toolless.refused("a/b");
        assertTrue(toolless.refuses("a/b"));
        assertFalse(toolless.refuses("a/c"));
        now.addAndGet(Duration.ofMinutes(11).toNanos());
        assertFalse(toolless.refuses("a/b"));
    }
}
