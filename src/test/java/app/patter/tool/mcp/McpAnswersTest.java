package app.patter.tool.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import app.patter.tool.ToolAnswer;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McpAnswersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"content":[{"type":"text","text":"end"}]} | end
            {"content":[{"type":"hologram","x":1},{"type":"text","text":"end"}]} | [part that cannot be shown]/end
            {"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]} | a/b
            {"content":[],"structuredContent":{"grams":7,"of":"salt \\"fine\\""}} | {"grams":7,"of":"salt \\"fine\\""}
            {"content":[],"structuredContent":[1,2]} | [1,2]
            {"content":[{"type":"text","text":"7 g"}],"structuredContent":{"grams":7}} | 7 g
            {"content":[],"from a later protocol":true} | ~~
            """)
    void whatAServerAnswersIsReadAsFarAsItCanBe(String result, String text) throws IOException {
        ToolAnswer answer = McpAnswers.of(McpJson.MAPPER.readValue(result, McpSchema.CallToolResult.class));
        assertEquals(text.replace('/', '\n'), answer.text());
        assertFalse(answer.failed());
    }
}
