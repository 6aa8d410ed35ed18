package app.patter.account;

import app.patter.web.Templates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;

/** Renders pages with the CSRF token that their forms post; who is not logged in gets a token for the form. */
@ApplicationScoped
public class UserPages {

    @Inject
    private Templates templates;

    @Inject
    private CurrentUser user;

    @Inject
    private Cookies cookies;

    /** A whole page as a response. */
    public Response show(int status, String template, Map<String, ?> values) {
        boolean fresh = user.csrfToken().isEmpty();
        String csrfToken = fresh ? Tokens.make() : user.csrfToken();
        Response.ResponseBuilder response = Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(render(template, values, csrfToken));
        return fresh ? response.cookie(cookies.form(csrfToken)).build() : response.build();
    }

    /** A whole page as text, for somebody who is logged in. */
    public String render(String template, Map<String, ?> values) {
        return render(template, values, user.csrfToken());
    }

    /** A fragment for this person only: a form in it can be sent before htmx has seen it. */
    public String fragment(String template, String fragment, Map<String, ?> values) {
        return templates.fragment(template, fragment, with(values, user.csrfToken()));
    }

    private String render(String template, Map<String, ?> values, String csrfToken) {
        return templates.render(template, with(values, csrfToken));
    }

    private static Map<String, Object> with(Map<String, ?> values, String csrfToken) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("forgery", csrfToken);
        return all;
    }
}
