package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.web.Links;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;

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
        return new NewCookie.Builder(name)
                .value(value)
                .path(links.to("/"))
                .maxAge(seconds)
                .httpOnly(true)
                .secure(secure)
                .sameSite(sameSite)
                .build();
    }
}
