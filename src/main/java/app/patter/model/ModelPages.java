package app.patter.model;

import app.patter.account.CurrentUser;
import app.patter.web.Templates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;

/** Renders the pages on which administrators see servers and models. */
@ApplicationScoped
class ModelPages {

    @Inject
    private Templates templates;

    @Inject
    private CurrentUser user;

    Response show(int status, String template, Map<String, ?> values) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(render(template, values))
                .build();
    }

    String render(String template, Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("forgery", user.csrfToken());
        return templates.render(template, all);
    }
}
