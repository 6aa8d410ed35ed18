package app.patter.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AzureTest {

    private static final String KEY = "0123456789abcdef";
    private static final Map<String, String> BEARER = Map.of("Authorization", "Bearer " + KEY);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://me.openai.azure.com/openai/v1/",
                "https://ME.OpenAI.Azure.com/openai/v1/?api-version=preview",
                "https://me.cognitiveservices.azure.com:443/openai/v1/",
                "https://me.services.ai.azure.com/models/"
            })
    void azuresServersGetTheKeyInTheirOwnHeader(String base) {
        assertEquals(Map.of("api-key", KEY), Azure.headers(URI.create(base), KEY, BEARER));
        assertEquals(Map.of(), Azure.headers(URI.create(base), null, Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.openai.com/v1/",
                "https://openai.azure.com.example.org/v1/",
                "https://notopenai.azure.com/v1/",
                "https://me.example.org/openai.azure.com/v1/",
                "http://127.0.0.1:8000/v1/"
            })
    void allOthersGetItAsUsual(String base) {
        assertEquals(BEARER, Azure.headers(URI.create(base), KEY, BEARER));
    }

    @Test
    void aDialectWithAHeaderOfItsOwnKeepsItThere() {
        Map<String, String> own = new Anthropic().headers(KEY);
        assertEquals(own, Azure.headers(URI.create("https://me.services.ai.azure.com/anthropic/v1/"), KEY, own));
    }

    /** What goes over the wire to an address of Azure's, seen by a proxy on loopback. */
    @Test
    @Timeout(60)
    void theRequestCarriesTheKeyOnceAndWhereAzureLooksForIt() throws IOException {
        ProxySelector before = ProxySelector.getDefault();
        ExecutorService executor = Executors.newFixedThreadPool(2);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        try (LoopbackModel loopback = LoopbackModel.start()) {
            String base = "http://me.openai.azure.com/openai/v1/";
            loopback.path(
                    base + "chat/completions",
                    answer -> answer.stream().text("Hi").finish("stop").done());
            loopback.path(base + "models", answer -> answer.status(200, "{\"data\":[{\"id\":\"mine\"}]}"));
            ProxySelector.setDefault(through(loopback.port(), before));
            HttpUpstream server = new HttpUpstream(
                    "azure",
                    "Azure",
                    URI.create(base),
                    KEY,
                    Origin.SETTINGS,
                    Dialects.named("openai"),
                    Duration.ofSeconds(60),
                    new Transport(executor, timer, Duration.ofSeconds(60), Duration.ofSeconds(60)));
            assertEquals(List.of("mine"), server.models());
            Recorder recorder = new Recorder();
            server.ask(new Prompt("mine", List.of(new Turn(Role.USER, "q"))), recorder);
            assertEquals(new Delta.Text("Hi"), recorder.ended().deltas().get(0));
            assertEquals(2, loopback.requests().size());
            for (LoopbackModel.Request request : loopback.requests()) {
                assertEquals(KEY, request.headers().get("api-key"));
                assertFalse(request.headers().containsKey("authorization"));
            }
        } finally {
            ProxySelector.setDefault(before);
            timer.shutdownNow();
            executor.shutdownNow();
        }
    }

    private static ProxySelector through(int port, ProxySelector others) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return uri.getHost().endsWith(".azure.com")
                        ? List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", port)))
                        : others.select(uri);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                others.connectFailed(uri, address, failure);
            }
        };
    }
}
