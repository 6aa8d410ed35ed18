package app.patter.account;

import app.patter.text.CodedText;
import app.patter.text.Messages;
import app.patter.web.FormData;
import app.patter.web.FormException;
import app.patter.web.Links;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import app.patter.web.Public;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The first visit: makes the first account, which may make the others. */
@Public
@Path("/setup")
public class SetupResource {

    /** Only one can be the first. */
    private static final Object FIRST = new Object();

    @Inject
    private Accounts accounts;

    @Inject
    private UserPages pages;

    @Inject
    private Logins logins;

    @Inject
    private AuditLog audit;

    @Inject
    private SetupCode code;

    @Inject
    private FormData form;

    @Inject
    private Links links;

    @Inject
    private Cookies cookies;

    @Context
    private HttpServletRequest request;

    @GET
    public Response get() {
        return accounts.none() ? show(200, "", null) : links.seeOther("/").build();
    }

    @POST
    public Response create() {
        synchronized (FIRST) {
            return createFirst();
        }
    }

    private Response createFirst() {
        if (!accounts.none()) {
            throw new ProblemException(ProblemCode.ALREADY_SET_UP);
        }
        String name = form.text("name");
        if (code.needed(request) && !code.matches(form.text("code"))) {
            return show(403, name, AccountText.WRONG_CODE.with());
        }
        try {
            Account first = accounts.createFirst(name, form.text("password"))
                    .orElseThrow(() -> new ProblemException(ProblemCode.ALREADY_SET_UP));
            audit.stranger(AuditEvent.ACCOUNT_CREATED, first.id());
            return links.seeOther("/")
                    .cookie(
                            cookies.login(
                                    logins.begin(first, request.getHeader(HttpHeaders.USER_AGENT)), logins.lifetime()),
                            cookies.device(first.deviceKey()))
                    .build();
        } catch (FormException e) {
            return show(422, name, e.text());
        }
    }

    private Response show(int status, String name, @Nullable CodedText problem) {
        return pages.show(
                status,
                "setup",
                Map.of("name", name, "problem", Messages.english().words(problem), "codeNeeded", code.needed(request)));
    }
}
