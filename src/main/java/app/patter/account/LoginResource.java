package app.patter.account;

import app.patter.text.CodedText;
import app.patter.text.Messages;
import app.patter.web.FormData;
import app.patter.web.Links;
import app.patter.web.Public;
import jakarta.inject.Inject;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Logs people in and out. */
@Path("/")
public class LoginResource {

    /** Passwords that may be looked at at once: each takes a good part of a second of a processor. */
    private static final Semaphore PLACES = new Semaphore(8);

    @Inject
    private Accounts accounts;

    @Inject
    private LoginThrottle throttle;

    @Inject
    private UserPages pages;

    @Inject
    private CurrentUser user;

    @Inject
    private FormData form;

    @Inject
    private Links links;

    @Inject
    private Cookies cookies;

    @GET
    @Public
    @Path("login")
    public Response get(@QueryParam("next") @DefaultValue("") String next) {
        if (accounts.none()) {
            return links.seeOther("/setup").build();
        }
        return user.isKnown() ? links.seeOther(local(next)).build() : show(200, "", next, null);
    }

    @POST
    @Public
    @Path("login")
    public Response logIn(@CookieParam(Cookies.DEVICE) @Nullable String device) {
        String name = form.text("name");
        String next = form.text("next");
        if (!PLACES.tryAcquire()) {
            return show(503, name, next, AccountText.BUSY.with());
        }
        try {
            return logIn(name, next, device);
        } finally {
            PLACES.release();
        }
    }

    private Response logIn(String name, String next, @Nullable String device) {
        // Strangers who guess at a name do not lock out the one who has it, on devices that have been logged in.
        String who = device != null && accounts.knows(name, device) ? "device of " + name : name;
        if (!throttle.admits(who)) {
            return show(429, name, next, AccountText.TOO_MANY_PASSWORDS.with());
        }
        Optional<Account> account = accounts.check(name, form.text("password"));
        if (account.isEmpty()) {
            return show(401, name, next, AccountText.WRONG_PASSWORD.with());
        }
        throttle.right(who);
        return links.seeOther(local(next))
                .cookie(
                        cookies.login(accounts.logIn(account.get()), accounts.lifetime()),
                        cookies.device(account.get().deviceKey()))
                .build();
    }

    @POST
    @Path("logout")
    public Response logOut(@CookieParam(Cookies.LOGIN) @Nullable String token) {
        if (token != null) {
            accounts.logOut(token);
        }
        return links.seeOther("/login").cookie(cookies.loggedOut()).build();
    }

    /** Only paths of Patter itself: another site's address must not be reachable through its login page. */
    private static String local(String next) {
        boolean path = next.matches("/(?![/\\\\])[A-Za-z0-9/_-]*");
        return path ? next : "/";
    }

    private Response show(int status, String name, String next, @Nullable CodedText problem) {
        return pages.show(
                status,
                "login",
                Map.of(
                        "name",
                        name,
                        "next",
                        local(next),
                        "problem",
                        Messages.english().words(problem)));
    }
}
