package app.patter.account;

import app.patter.text.CodedText;
import app.patter.text.Messages;
import app.patter.web.FormData;
import app.patter.web.FormException;
import app.patter.web.Links;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where people make and revoke the tokens of their programs. */
@Path("/tokens")
public class TokensResource {

    @Inject
    private ApiTokens tokens;

    @Inject
    private CurrentUser user;

    @Inject
    private UserPages pages;

    @Inject
    private FormData form;

    @Inject
    private Links links;

    @Inject
    private AuditLog audit;

    @GET
    public Response get() {
        return show(200, "", "", null);
    }

    /** Makes a token and shows it, this once. */
    @POST
    public Response create() {
        String name = form.text("name");
        boolean writes = form.text("scope").equals("write");
        try {
            String token = tokens.create(user.id(), name, writes);
            audit.log(AuditEvent.TOKEN_CREATED, writes ? "writes" : "reads");
            return show(200, "", token, null);
        } catch (FormException e) {
            return show(422, name, "", e.text());
        }
    }

    @POST
    @Path("{token}/revocation")
    public Response revoke(@PathParam("token") String token) {
        if (tokens.revoke(user.id(), Uuids.parse(token))) {
            audit.log(AuditEvent.TOKEN_REVOKED, token);
        }
        return links.seeOther("/tokens").build();
    }

    private Response show(int status, String name, String fresh, @Nullable CodedText problem) {
        return pages.show(
                status,
                "tokens",
                Map.of(
                        "tokens",
                        tokens.of(user.id()),
                        "name",
                        name,
                        "fresh",
                        fresh,
                        "problem",
                        Messages.english().words(problem)));
    }
}
