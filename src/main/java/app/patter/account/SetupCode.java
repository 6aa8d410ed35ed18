package app.patter.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Lets only the operator make the first account: from this machine, or with a code that only the log shows. */
@ApplicationScoped
public class SetupCode {

    private static final Logger LOG = System.getLogger(SetupCode.class.getName());
    private static final List<String> PROXY_HEADERS = List.of("Forwarded", "X-Forwarded-For", "X-Real-IP");
    private static final int LENGTH = 12;

    @Inject
    private Accounts accounts;

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

    /** Whether the code is needed, because the request comes from elsewhere or through a proxy. */
    boolean needed(HttpServletRequest request) {
        boolean proxied = PROXY_HEADERS.stream().anyMatch(header -> request.getHeader(header) != null);
        try {
            return proxied || !InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return true;
        }
    }

    boolean matches(String shown) {
        return Tokens.same(shown.strip(), code);
    }
}
