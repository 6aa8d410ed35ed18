package app.patter.provider;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.provider.dialect.Dialects;
import app.patter.provider.http.HttpProvider;
import app.patter.provider.http.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A server at an address that only others have: what is sent there goes to a {@link LoopbackModel} instead, as to a proxy.
 */
public final class Elsewhere implements AutoCloseable {

    private final ProxySelector before = ProxySelector.getDefault();
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final LoopbackModel loopback = LoopbackModel.start();
    private final HttpProvider server;

    /** One that lists the model and answers "Hi". */
    public Elsewhere(String base, String key, String dialect, String model) {
        loopback.path(base + "models", answer -> answer.status(200, "{\"data\":[{\"id\":\"" + model + "\"}]}"));
        loopback.path(
                base + "chat/completions",
                answer -> answer.stream().text("Hi").finish("stop").done());
        ProxySelector.setDefault(only(URI.create(base).getHost()));
        Duration minute = Duration.ofSeconds(60);
        server = new HttpProvider(
                "elsewhere",
                "Elsewhere",
                URI.create(base),
                key,
                Origin.SETTINGS,
                Dialects.named(dialect),
                minute,
                new Transport(executor, timer, minute, minute));
    }

    private ProxySelector only(String host) {
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return uri.getHost().equals(host)
                        ? List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", loopback.port())))
                        : before.select(uri);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                before.connectFailed(uri, address, failure);
            }
        };
    }

    public HttpProvider server() {
        return server;
    }

    /** What the model answers. */
    public List<Delta> ask(String model) {
        Recorder recorder = new Recorder();
        server.ask(new ChatRequest(model, List.of(new ChatMessage(Role.USER, "q"))), recorder);
        return recorder.ended().deltas();
    }

    public List<LoopbackModel.Request> requests() {
        return loopback.requests();
    }

    @Override
    public void close() throws IOException {
        ProxySelector.setDefault(before);
        timer.shutdownNow();
        executor.shutdownNow();
        loopback.close();
    }
}
