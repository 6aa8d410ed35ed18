package app.patter.provider.dialect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.chat.ToolSpec;
import app.patter.provider.ChatRequest;
import app.patter.provider.Dialect;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ToolSchemaTest {

    private static ToolSpec tool(String schema) {
        return new ToolSpec("add", "Adds", schema.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '^',
            value = {
                "{};{'type':'object','properties':{}}",
                "{'type':'object'};{'type':'object','properties':{}}",
                "{'type':null,'properties':null,'required':null};{'properties':{},'type':'object'}",
                "{'$schema':'x','type':'object','properties':{'a':{'type':'array'}}};{'type':'object','properties':{'a':{'type':'array','items':{}}}}",
                "{'properties':{'a':{'type':['array','null']}}};{'properties':{'a':{'type':['array','null'],'items':{}}},'type':'object'}",
                "{'properties':{'a':null,'b':true,'c':{}}};{'properties':{'a':{},'b':{},'c':{}},'type':'object'}",
                "{'properties':{'a':{'properties':{'b':{'enum':[]}}}}};{'properties':{'a':{'properties':{'b':{}},'type':'object'}},'type':'object'}",
                "{'properties':{'a':{'anyOf':[null,{'type':'array'}]}}};{'properties':{'a':{'anyOf':[{},{'type':'array','items':{}}]}},'type':'object'}",
                "{'properties':{'a':{'anyOf':[]}},'required':['a','b']};{'properties':{'a':{}},'required':['a'],'type':'object'}",
                "{'properties':{'a':{'type':'object'}},'required':[]};{'properties':{'a':{'type':'object','properties':{}}},'type':'object'}",
                "{'anyOf':[{'properties':{'a':{},'b':{}},'required':['a','b']},{'properties':{'b':{},'c':{}},'required':['b']}]};"
                        + "{'type':'object','properties':{'a':{},'b':{},'c':{}},'required':['b']}",
                "{'allOf':[{'properties':{'a':{}},'required':['a']},{'properties':{'b':{}}}]};"
                        + "{'type':'object','properties':{'a':{},'b':{}},'required':['a']}",
                "{'type':'object','properties':{'a':{'type':'string','enum':['x']}},'required':['a'],'additionalProperties':false};"
                        + "{'type':'object','properties':{'a':{'type':'string','enum':['x']}},'required':['a'],'additionalProperties':false}"
            })
    void aSchemaIsMadeValidForStrictProviders(String given, String sent) {
        assertEquals(sent.replace('\'', '"'), ToolSchema.of(tool(given)).toString());
    }

    static List<Dialect> dialects() {
        return Dialects.ALL.stream()
                .filter(dialect -> !dialect.name().equals("agent")) // which has its own tools
                .toList();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void everyDialectSendsItSo(Dialect dialect) {
        String body = dialect.body(new ChatRequest(
                "m", List.of(new ChatMessage(Role.USER, "q")), List.of(tool("{'type':'object'}")), false));
        assertTrue(body.contains("{\"type\":\"object\",\"properties\":{}}"), body);
    }
}
