package app.patter.account;

import app.patter.text.CodedText;
import app.patter.text.Messages;
import app.patter.web.FormData;
import app.patter.web.FormException;
import app.patter.web.Links;
import app.patter.web.ProblemException;
import app.patter.web.Public;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a person sets a password with a link that an administrator has made. */
@Public
@Path("/password/{token}")
public class PasswordResource {

    @Inject
    private PasswordChanges passwords;

    @Inject
    private Logins logins;

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
    public Response get(@PathParam("token") String token) {
        return show(200, token, null);
    }

    /** Sets the password and logs the person in. */
    @POST
    public Response set(@PathParam("token") String token, @HeaderParam(HttpHeaders.USER_AGENT) @Nullable String agent) {
        Account account;
        try {
            account = passwords.reset(token, form.text("password")).orElseThrow(ProblemException::notFound);
        } catch (FormException e) {
            return show(422, token, e.text());
        }
        audit.stranger(AuditEvent.PASSWORD_RESET, account.id());
        return links.seeOther("/")
                .cookie(
                        cookies.login(logins.begin(account, agent), logins.lifetime()),
                        cookies.device(account.deviceKey()))
                .build();
    }

    private Response show(int status, String token, @Nullable CodedText problem) {
        Account account = passwords.ofLink(token).orElseThrow(ProblemException::notFound);
        return pages.show(
                status,
                "password",
                Map.of(
                        "person",
                        account.name(),
                        "token",
                        token,
                        "problem",
                        Messages.english().words(problem)));
    }
}
