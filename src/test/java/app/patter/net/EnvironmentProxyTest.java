package app.patter.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxyTest {

    private static final Map<String, String> BOTH = Map.of(
            "HTTPS_PROXY", "http://proxy.example:3128",
            "http_proxy", "plain.example",
            "NO_PROXY", "inside.example, .other.example,10.0.0.7");

    private static String proxy(Map<String, String> environment, String address) {
        Proxy chosen = new EnvironmentProxy(environment::get)
                .select(URI.create(address))
                .get(0);
        InetSocketAddress at = (InetSocketAddress) chosen.address();
        return at == null ? "none" : at.getHostString() + ":" + at.getPort();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.example.org/v1, proxy.example:3128",
        "http://api.example.org/v1, plain.example:80",
        "https://inside.example/, none",
        "https://model.inside.example/, none",
        "https://notinside.example/, proxy.example:3128",
        "https://model.other.example/, none",
        "http://10.0.0.7:8000/, none",
        "http://localhost:11434/, none",
        "http://127.0.0.1:1234/, none",
        "http://[::1]:1234/, none"
    })
    void theEnvironmentNamesTheProxy(String address, String proxy) {
        assertEquals(proxy, proxy(BOTH, address));
    }

    @Test
    void withoutAnyJavasOwnSettingsCount() {
        assertEquals(
                List.of(Proxy.NO_PROXY), new EnvironmentProxy(name -> null).select(URI.create("https://a.example/")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "example.org"})
    void exceptionsMayNameEverything(String excepted) {
        assertEquals(
                "none",
                proxy(Map.of("HTTPS_PROXY", "http://p.example:1", "no_proxy", excepted), "https://api.example.org/"));
    }
}
