package app.patter.account;

import app.patter.web.Templates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;

/** Renders pages for people who are not logged in, and gives each a secret for its form. */
@ApplicationScoped
class AccountPages {

    @Inject
    private Templates templates;

    @Inject
    private CurrentUser user;

    @Inject
    private Cookies cookies;

    Response show(int status, String template, Map<String, ?> values) {
        boolean fresh = user.csrfToken().isEmpty();
        String csrfToken = fresh ? Tokens.make() : user.csrfToken();
        Map<String, Object> all = new HashMap<>(values);
        all.put("forgery", csrfToken);
        Response.ResponseBuilder response = Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(templates.render(template, all));
        return fresh ? response.cookie(cookies.form(csrfToken)).build() : response.build();
    }
}
