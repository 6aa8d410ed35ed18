package app.patter.account;

import app.patter.web.Templates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;

/** Renders pages for whoever is logged in, with the CSRF token that their forms post. */
@ApplicationScoped
public class UserPages {

    @Inject
    private Templates templates;

    @Inject
    private CurrentUser user;

    /** A whole page as a response. */
    public Response show(int status, String template, Map<String, ?> values) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(render(template, values))
                .build();
    }

    /** A whole page as text. */
    public String render(String template, Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("forgery", user.csrfToken());
        return templates.render(template, all);
    }
}
