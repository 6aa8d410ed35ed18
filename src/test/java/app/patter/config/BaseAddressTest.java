package app.patter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseAddressTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example/v1, models, https://a.example/v1/models",
        "https://a.example/v1/, models, https://a.example/v1/models",
        "https://a.example, models, https://a.example/models",
        "https://a.example/v1?api-version=1, models, https://a.example/v1/models?api-version=1",
        "https://a.example/v1/?api-version=1, models?limit=9, https://a.example/v1/models?limit=9&api-version=1",
        "https://a.example?k=a%2Fb, m, https://a.example/m?k=a%2Fb"
    })
    void aPathGoesBeforeTheQuery(String written, String path, String address) throws URISyntaxException {
        assertEquals(address, BaseAddress.below(BaseAddress.of(written), path).toString());
    }

    @Test
    void aHostInAnyScriptIsAsked() throws URISyntaxException {
        assertEquals(
                URI.create("https://xn--bcher-kva.example:8443/v1/"), BaseAddress.of("https://bücher.example:8443/v1"));
        assertEquals(URI.create("http://xn--fsqu00a.xn--fiqs8s/?v=1"), BaseAddress.of("http://例子.中国?v=1"));
    }

    @Test
    void anUnderscoreIsRecognised() throws URISyntaxException {
        assertTrue(BaseAddress.hasUnderscore(BaseAddress.of("http://sea_model:8000/v1")));
        assertFalse(BaseAddress.hasUnderscore(BaseAddress.of("http://sea-model:8000/v_1")));
    }
}
