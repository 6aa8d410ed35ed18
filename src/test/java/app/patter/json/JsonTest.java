package app.patter.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"signature\":\"EqQB+/==\",\"b\":[1,1.50,12345678901234567890,true,null,{}]}",
                "{\"z\":1,\"a\":{\"y\":[],\"x\":\"\"}}",
                "{\"text\":\"\\\"quoted\\\" \\\\ back\\nslash \\u0000 </script> é 😀 \u2028\"}"
            })
    void whatAProviderWroteIsWrittenBackAsItWas(String json) {
        assertEquals(json, Json.objectOrEmpty(json).toString());
        assertEquals("[" + json + "]", Json.arrayOrEmpty("[" + json + "]").toString());
    }

    @Test
    void whatIsIgnoredIsNotBuiltButMustBeWellFormed() {
        Set<String> ignored = Set.of("a");
        assertEquals(
                Optional.of("{\"b\":{\"a\":1}}"),
                Json.object("{\"a\":{\"x\":[1,{}]},\"b\":{\"a\":1},\"a\":2}", ignored)
                        .map(Object::toString));
        assertTrue(Json.object("{\"a\":{\"x\":[1,{}}", ignored).isEmpty());
        assertTrue(Json.object("{\"a\":1", ignored).isEmpty());
    }
}
