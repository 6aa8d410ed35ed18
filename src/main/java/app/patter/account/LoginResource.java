package app.patter.account;

import app.patter.text.CodedText;
import app.patter.text.Messages;
import app.patter.web.FormData;
import app.patter.web.Links;
import app.patter.web.Public;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
    private Logins logins;

    @Inject
    private AuditLog audit;

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
    public Response logIn(@Context HttpHeaders headers) {
        String name = form.text("name");
        String next = form.text("next");
        if (!PLACES.tryAcquire()) {
            return show(503, name, next, AccountText.BUSY.with());
        }
        try {
            return logIn(name, next, headers);
        } finally {
            PLACES.release();
        }
    }

    private Response logIn(String name, String next, HttpHeaders headers) {
        String device = cookies.sent(headers.getCookies(), Cookies.DEVICE);
        // Strangers who guess at a name do not lock out the one who has it, on devices that have been logged in.
        String who = device != null && accounts.knows(name, device) ? "device of " + name : name;
        if (!throttle.admits(who)) {
            audit.stranger(AuditEvent.LOGIN_THROTTLED, id(name));
            return show(429, name, next, AccountText.TOO_MANY_PASSWORDS.with());
        }
        Optional<Account> account = accounts.check(name, form.text("password"));
        if (account.isEmpty()) {
            audit.stranger(AuditEvent.LOGIN_FAILED, id(name));
            return show(401, name, next, AccountText.WRONG_PASSWORD.with());
        }
        throttle.right(who);
        if (account.get().disabled()) {
            audit.stranger(AuditEvent.LOGIN_FAILED, account.get().id());
            return show(403, name, next, AccountText.DISABLED.with());
        }
        String before = cookies.sent(headers.getCookies(), Cookies.LOGIN);
        if (before != null) { // this browser's former login would stay in the list
            logins.end(before);
        }
        audit.stranger(AuditEvent.LOGIN_SUCCEEDED, account.get().id());
        String token = logins.begin(account.get(), headers.getHeaderString(HttpHeaders.USER_AGENT));
        return links.seeOther(local(next))
                .cookie(
                        cookies.login(token, logins.lifetime()),
                        cookies.device(account.get().deviceKey()))
                .build();
    }

    /** Who has that name; null if nobody does: what is typed there may be a password. */
    private @Nullable UUID id(String name) {
        return accounts.find(name).map(Account::id).orElse(null);
    }

    @POST
    @Path("logout")
    public Response logOut(@Context HttpHeaders headers) {
        String token = cookies.sent(headers.getCookies(), Cookies.LOGIN);
        if (token != null) {
            logins.end(token);
            audit.log(AuditEvent.LOGIN_ENDED, "own");
        }
        return links.seeOther("/login").cookie(cookies.loggedOut()).build();
    }

    /** Only paths of Patter itself: another site's address must not be reachable through its login page. */
    private static String local(String next) {
        boolean path = next.matches("/(?![/\\\\])[A-Za-z0-9/_-]*(\\?[A-Za-z0-9=&_.%-]*)?");
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
