package app.patter.account;

import app.patter.text.CodedText;
import app.patter.text.Messages;
import app.patter.web.AdministratorOnly;
import app.patter.web.FormData;
import app.patter.web.FormException;
import app.patter.web.Links;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of accounts, where an administrator makes further ones. */
@AdministratorOnly
@Path("/accounts")
public class AccountsResource {

    @Inject
    private Accounts accounts;

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
        return show(200, "", null);
    }

    @POST
    public Response create() {
        String name = form.text("name");
        try {
            Account made = accounts.create(name, form.text("password"), false);
            audit.log(AuditEvent.ACCOUNT_CREATED, made.id());
            return links.seeOther("/accounts").build();
        } catch (FormException e) {
            return show(422, name, e.text());
        }
    }

    private Response show(int status, String name, @Nullable CodedText problem) {
        return pages.show(
                status,
                "accounts",
                Map.of(
                        "accounts", accounts.all(),
                        "name", name,
                        "problem", Messages.english().words(problem)));
    }
}
