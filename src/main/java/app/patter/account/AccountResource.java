package app.patter.account;

import app.patter.text.CodedText;
import app.patter.text.Messages;
import app.patter.web.AdministratorOnly;
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
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an administrator may do with one account. */
@AdministratorOnly
@Path("/accounts/{account}")
public class AccountResource {

    @Inject
    private Accounts accounts;

    @Inject
    private AccountLife life;

    @Inject
    private PasswordChanges passwords;

    @Inject
    private UserPages pages;

    @Inject
    private CurrentUser user;

    @Inject
    private FormData form;

    @Inject
    private Links links;

    @Inject
    private AuditLog audit;

    @GET
    public Response get(@PathParam("account") String account) {
        return show(200, Uuids.parse(account), "", null);
    }

    /** Makes a link with which the person may set a password once, and shows it, this once. */
    @POST
    @Path("password")
    public Response makeLink(@PathParam("account") String account) {
        UUID id = life.account(Uuids.parse(account)).id();
        String link = passwords.link(id);
        audit.log(AuditEvent.PASSWORD_LINK_MADE, id);
        return show(200, id, link, null);
    }

    @POST
    @Path("disabled")
    public Response disable(@PathParam("account") String account) {
        boolean disabled = form.text("disabled").equals("yes");
        return change(account, disabled ? AuditEvent.ACCOUNT_DISABLED : AuditEvent.ACCOUNT_ENABLED, id -> {
            if (disabled) {
                life.disable(id);
            } else {
                life.enable(id);
            }
        });
    }

    @POST
    @Path("administrator")
    public Response administrator(@PathParam("account") String account) {
        boolean named = form.text("administrator").equals("yes");
        return change(
                account,
                named ? AuditEvent.ADMINISTRATOR_NAMED : AuditEvent.ADMINISTRATOR_REMOVED,
                id -> life.administrator(id, named));
    }

    /** Deletes the account; its conversations are deleted too, or given to another. */
    @POST
    @Path("deletion")
    public Response delete(@PathParam("account") String account) {
        UUID id = Uuids.parse(account);
        if (!form.text("sure").equals("yes")) {
            return show(422, id, "", AccountText.NOT_SURE.with());
        }
        String heir = form.text("heir");
        try {
            life.disable(id); // first, so that nothing is written in its name any more
            life.delete(id, heir.isEmpty() ? null : Uuids.parse(heir));
        } catch (FormException e) {
            return show(422, id, "", e.text());
        }
        audit.log(AuditEvent.ACCOUNT_DELETED, id);
        return links.seeOther("/accounts").build();
    }

    private interface Change {
        void of(UUID account);
    }

    private Response change(String account, AuditEvent event, Change change) {
        UUID id = Uuids.parse(account);
        try {
            change.of(id);
        } catch (FormException e) {
            return show(422, id, "", e.text());
        }
        audit.log(event, id);
        return links.seeOther("/accounts/" + id).build();
    }

    private Response show(int status, UUID id, String link, @Nullable CodedText problem) {
        Map<String, Object> values = new HashMap<>();
        values.put("account", life.account(id));
        values.put(
                "others",
                accounts.all().stream().filter(other -> !other.id().equals(id)).toList());
        values.put("self", user.id());
        values.put("link", link);
        values.put("problem", Messages.english().words(problem));
        return pages.show(status, "account", values);
    }
}
