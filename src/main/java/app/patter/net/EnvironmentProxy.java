package app.patter.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} name, in upper or lower case, as most
 * programs read them; Java does not. Where there are none, Java's own settings count ({@code -Dhttps.proxyHost}). This
 * machine itself is never asked through a proxy. Immutable.
 */
public final class EnvironmentProxy extends ProxySelector {

    private static final int USUAL_PORT = 80;

    private final UnaryOperator<@Nullable String> environment;

    /** Those of this process. */
    public EnvironmentProxy() {
        this(System::getenv);
    }

    EnvironmentProxy(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        if (isHere(host)) {
            return List.of(Proxy.NO_PROXY);
        }
        String named = named(address.getScheme() + "_proxy");
        if (named.isEmpty()) {
            ProxySelector java = ProxySelector.getDefault();
            return java == null ? List.of(Proxy.NO_PROXY) : java.select(address);
        }
        return List.of(isExcepted(host) ? Proxy.NO_PROXY : proxy(named));
    }

    private static boolean isHere(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private String named(String variable) {
        String lower = environment.apply(variable);
        String found = lower == null ? environment.apply(variable.toUpperCase(Locale.ROOT)) : lower;
        return found == null ? "" : found.strip();
    }

    /** Whether the host, or a domain that it is in, is in the list of those that are asked without a proxy. */
    private boolean isExcepted(String host) {
        return Arrays.stream(named("no_proxy").toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .map(name -> name.replaceFirst("^\\*?\\.", ""))
                .filter(name -> !name.isEmpty())
                .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    private static Proxy proxy(String named) {
        URI address = URI.create(named.contains("://") ? named : "http://" + named);
        if (address.getHost() == null) {
            return Proxy.NO_PROXY;
        }
        int port = address.getPort() < 0 ? USUAL_PORT : address.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        // whoever asked is told by the exception
    }
}
