package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.web.Links;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of Patter: who is logged in, a secret for forms of people who are not, and that somebody was logged in here.
 */
@ApplicationScoped
public class Cookies {

    static final String LOGIN = "patter-login";
    static final String FORM = "patter-form";
    static final String DEVICE = "patter-device";
    private static final Duration YEAR = Duration.ofDays(365);

    @Inject
    private Links links;

    private final boolean secure = Settings.ofProcess()
            .address(Setting.URL)
            .filter(address -> "https".equals(address.getScheme()))
            .isPresent();

    /** What the browser has sent under one of the names above; null if it has sent nothing. */
    @Nullable
    String sent(Map<String, Cookie> all, String name) {
        Cookie cookie = all.get(name(name));
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    /** With a prefix that keeps other hosts and ports from setting it, where browsers accept that (RFC 6265bis, 4.1.3). */
    private String name(String name) {
        return secure && links.to("/").equals("/") ? "__Host-" + name : name;
    }

    NewCookie login(String token, Duration lifetime) {
        return cookie(LOGIN, token, (int) lifetime.toSeconds(), NewCookie.SameSite.LAX);
    }

    NewCookie device(String key) {
        return cookie(DEVICE, key, (int) YEAR.toSeconds(), NewCookie.SameSite.STRICT);
    }

    NewCookie loggedOut() {
        return cookie(LOGIN, "", 0, NewCookie.SameSite.LAX);
    }

    NewCookie form(String token) {
        return cookie(FORM, token, NewCookie.DEFAULT_MAX_AGE, NewCookie.SameSite.STRICT);
    }

    private NewCookie cookie(String name, String value, int seconds, NewCookie.SameSite sameSite) {
        return new NewCookie.Builder(name(name))
                .value(value)
                .path(links.to("/"))
                .maxAge(seconds)
                .httpOnly(true)
                .secure(secure)
                .sameSite(sameSite)
                .build();
    }
}
