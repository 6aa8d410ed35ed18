package app.patter.admin;

import app.patter.account.AuditEvent;
import app.patter.account.AuditLog;
import app.patter.account.UserPages;
import app.patter.web.Links;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;

/** Turns what follows a request to a form into a response. */
@ApplicationScoped
public class ServerFormResponses {

    @Inject
    private UserPages pages;

    @Inject
    private Links links;

    @Inject
    private AuditLog audit;

    /** The same for a form that changes something, which is noted when it has. */
    public Response changed(FormView view, AuditEvent event, String about) {
        if (!view.next().isEmpty()) {
            audit.log(event, about);
        }
        return of(view);
    }

    public Response of(FormView view) {
        return view.next().isEmpty()
                ? pages.show(view.status(), view.template(), view.values())
                : links.seeOther(view.next()).build();
    }
}
