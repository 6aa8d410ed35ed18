package app.patter.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectScannerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1}",
                "{\"a\":{\"b\":[1,2,{}]}}",
                "{\"a\":\"}\"}",
                "{\"a\":\"\\\"}\"}",
                " {\"\\\\\":\"{\"}"
            })
    void theEndIsFoundAtTheLastCharacterAndNotBefore(String json) {
        for (int cut = 0; cut <= json.length(); cut++) {
            JsonObjectScanner end = new JsonObjectScanner();
            end.feed(json.substring(0, cut));
            assertEquals(cut == json.length(), end.reached(), "after " + json.substring(0, cut));
        }
    }
}
