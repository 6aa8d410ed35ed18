package app.patter.account;

import app.patter.text.CodedText;
import app.patter.text.Messages;
import app.patter.web.FormData;
import app.patter.web.FormException;
import app.patter.web.Links;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where people change their password and see where they are logged in. */
@Path("/account")
public class OwnAccountResource {

    @Inject
    private Accounts accounts;

    @Inject
    private Logins logins;

    @Inject
    private PasswordChanges passwords;

    @Inject
    private LoginThrottle throttle;

    @Inject
    private CurrentUser user;

    @Inject
    private UserPages pages;

    @Inject
    private FormData form;

    @Inject
    private Links links;

    @Inject
    private Cookies cookies;

    @Inject
    private AuditLog audit;

    @GET
    public Response get() {
        return show(200, null, null);
    }

    /** Changes the password; every other login ends. */
    @POST
    @Path("password")
    public Response changePassword() {
        String name = user.account().name();
        String who = "change of " + name; // whoever sits at a forgotten browser must not guess, nor lock the login
        if (!throttle.admits(who)) {
            audit.log(AuditEvent.LOGIN_THROTTLED, null);
            return show(429, AccountText.TOO_MANY_PASSWORDS.with(), null);
        }
        if (accounts.check(name, form.text("current")).isEmpty()) {
            audit.log(AuditEvent.LOGIN_FAILED, user.id());
            return show(403, AccountText.WRONG_CURRENT.with(), null);
        }
        throttle.right(who);
        try {
            passwords.change(
                    user.id(),
                    form.text("password"),
                    user.key(),
                    form.text("revoke").equals("yes"));
        } catch (FormException e) {
            return show(422, e.text(), null);
        }
        audit.log(AuditEvent.PASSWORD_CHANGED, null);
        Response changed = show(200, null, AccountText.PASSWORD_CHANGED.with());
        return accounts.find(name)
                .map(account -> Response.fromResponse(changed)
                        .cookie(cookies.device(account.deviceKey()))
                        .build())
                .orElse(changed);
    }

    /** Ends one login, or all others. */
    @POST
    @Path("logins/end")
    public Response endLogin() {
        String key = form.text("login");
        if (key.equals("others")) {
            logins.endOthers(user.id(), user.key());
            audit.log(AuditEvent.LOGIN_ENDED, "others");
        } else if (logins.end(user.id(), key)) {
            audit.log(AuditEvent.LOGIN_ENDED, "one");
        }
        return key.equals(user.key())
                ? links.seeOther("/login").cookie(cookies.loggedOut()).build()
                : links.seeOther("/account").build();
    }

    private Response show(int status, @Nullable CodedText problem, @Nullable CodedText done) {
        Map<String, Object> values = new HashMap<>();
        values.put("logins", logins.of(user.id()));
        values.put("current", user.key());
        values.put("person", user.account().name());
        values.put("problem", Messages.english().words(problem));
        values.put("done", Messages.english().words(done));
        return pages.show(status, "own-account", values);
    }
}
