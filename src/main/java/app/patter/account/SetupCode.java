package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;

/** Lets only the operator make the first account: from this machine, or with a code that only the log shows. */
@ApplicationScoped
public class SetupCode {

    private static final Logger LOG = System.getLogger(SetupCode.class.getName());
    private static final List<String> PROXY_HEADERS = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP");
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]", "::1", "0:0:0:0:0:0:0:1");
    private static final int LENGTH = 12;

    @Inject
    private Accounts accounts;

    private final String host =
            Settings.ofProcess().address(Setting.URL).orElseThrow().getHost();
    private final String code = Tokens.make().substring(0, LENGTH);

    /** Writes the code to the log, if it will be needed. */
    void announce() {
        if (accounts.none()) {
            LOG.log(
                    Level.INFO,
                    "The first visitor creates the admin account: directly from this machine, or with the code {0} from elsewhere.",
                    code);
        }
    }

    /**
     * Whether the code is needed, because the request comes from elsewhere or through a proxy. Some proxies say nothing of
     * themselves: then Patter's address, or the name that was asked for, is another than this machine's.
     */
    boolean needed(HttpServletRequest request) {
        boolean proxied = PROXY_HEADERS.stream().anyMatch(header -> request.getHeader(header) != null);
        return proxied
                || !HERE.contains(host)
                || !HERE.contains(request.getServerName())
                || !isHere(request.getRemoteAddr());
    }

    private static boolean isHere(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    boolean matches(String shown) {
        return Tokens.same(shown.strip(), code);
    }
}
