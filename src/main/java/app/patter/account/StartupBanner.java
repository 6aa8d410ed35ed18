package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Says in the log how the first account is created and, once a request is answered, where Patter is. Servers begin to
 * serve an application after its start-up beans, so only a request can tell.
 */
@Singleton
@Startup
@DependsOn("Lease")
public class StartupBanner {

    private static final Logger LOG = System.getLogger(StartupBanner.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration ATTEMPT = Duration.ofSeconds(5);

    /** Milliseconds between two attempts. */
    private static final long PAUSE = 100;

    @Inject
    private SetupCode setup;

    @Inject
    private Recovery recovery;

    @PostConstruct
    void announce() {
        setup.announce();
        recovery.announce();
        URI address = Settings.ofProcess().address(Setting.URL).orElseThrow();
        knock(HttpClient.newHttpClient(), address, System.nanoTime() + PATIENCE.toNanos());
    }

    private static void knock(HttpClient client, URI address, long deadline) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("health/live"))
                .timeout(ATTEMPT)
                .build();
        var unused = client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, thrown) -> {
                    if (response != null && response.statusCode() == 200) {
                        LOG.log(Level.INFO, "Patter is ready at {0}", address);
                    } else if (System.nanoTime() < deadline) {
                        CompletableFuture.delayedExecutor(PAUSE, TimeUnit.MILLISECONDS)
                                .execute(() -> knock(client, address, deadline));
                    } else {
                        LOG.log(Level.WARNING, "Patter has started, but {0}.", unreachable(address, response));
                    }
                });
    }

    private static String unreachable(URI address, @Nullable HttpResponse<?> response) {
        String what = response == null ? "cannot be reached" : "answers with status " + response.statusCode();
        return address + " " + what + " from this machine; if people cannot reach it either, check "
                + Setting.URL.variable() + " and the proxy";
    }
}
