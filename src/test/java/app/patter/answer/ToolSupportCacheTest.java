package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ToolSpec;
import app.patter.provider.Delta.Failed;
import app.patter.text.BaseText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures mean that a model takes no tools, and for how long. */
class ToolSupportCacheTest {

    private static final List<ToolSpec> TOOLS = Stream.of("time", "search", "files_read")
            .map(name -> new ToolSpec(name, "", "{}"))
            .toList();

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
        assertEquals(TOOLS, toolless.accepted("a/b", TOOLS));
        toolless.refused("a/b");
        assertEquals(List.of(), toolless.accepted("a/b", TOOLS));
        assertEquals(TOOLS, toolless.accepted("a/c", TOOLS));
        now.addAndGet(Duration.ofMinutes(11).toNanos());
        assertEquals(TOOLS, toolless.accepted("a/b", TOOLS));
    }

    @Test
    void aToolThatWasRefusedLeavesTheOthers() {
        ToolSupportCache cache = new ToolSupportCache(() -> 0);
        cache.refused("a/b", TOOLS.get(1));
        assertEquals(List.of(TOOLS.get(0), TOOLS.get(2)), cache.accepted("a/b", TOOLS));
        assertEquals(TOOLS, cache.accepted("a/c", TOOLS));
    }

    /** As OpenAI, Anthropic, Gemini, Mistral, llama.cpp and gateways say it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Invalid schema for function 'files_read': array schema missing items.; files_read",
                "Invalid 'tools[2].function.parameters': schema must have type object; files_read",
                "tools.0.custom.input_schema: JSON schema is invalid. It must match draft 2020-12; time",
                "* GenerateContentRequest.tools[0].function_declarations[1].parameters.properties: empty; search",
                "Tool files_read has an invalid parameter schema; files_read",
                "the schema of \"search\" and of `time` is not valid for a function call; time search",
                "JSON schema conversion failed: Unrecognized schema; ''",
                "tools are not supported at this time; ''",
                "function_call named time_zone is unknown to tools; ''",
                "tools[77]: no such schema; ''"
            })
    void aProviderNamesTheToolThatItDoesNotTake(String said, String names) {
        Failed failed = failed(400, said);
        assertTrue(ToolSupportCache.isAboutTools(failed, "m/x"), said);
        assertEquals(
                names,
                ToolSupportCache.named(failed, "m/x", TOOLS).stream()
                        .map(ToolSpec::name)
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void aServerThatFailsAtASchemaHasRefusedIt() {
        assertTrue(ToolSupportCache.isAboutTools(failed(500, "JSON schema conversion failed"), "m/x"));
        assertFalse(ToolSupportCache.isAboutTools(failed(503, "JSON schema conversion failed"), "m/x"));
    }

    private static Failed failed(int status, String said) {
        return new Failed(Failed.Kind.REQUEST, status, null, false, BaseText.OTHER.with("It said no."), said);
    }
}
