package app.patter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URISyntaxException;
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
}
