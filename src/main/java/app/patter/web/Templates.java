package app.patter.web;

import app.patter.text.Messages;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.thymeleaf.TemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.WebApplicationTemplateResolver;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** Renders templates from {@code WEB-INF/templates}. Works outside of requests too, for fragments on event streams. */
@ApplicationScoped
public class Templates {

    @Inject
    private ServletContextHolder servletContext;

    @Inject
    private Links links;

    @Inject
    private Messages messages;

    private final TemplateEngine engine = new TemplateEngine();

    @PostConstruct
    void start() {
        WebApplicationTemplateResolver resolver = new WebApplicationTemplateResolver(
                JakartaServletWebApplication.buildApplication(servletContext.context()));
        resolver.setTemplateMode(TemplateMode.HTML);
        resolver.setPrefix("/WEB-INF/templates/");
        resolver.setSuffix(".html");
        resolver.setCharacterEncoding("UTF-8");
        resolver.setCacheable(true);
        resolver.setCacheTTLMs(null);
        engine.setTemplateResolver(resolver);
        engine.setMessageResolver(new TemplateMessages(messages));
    }

    /** A whole template. Values may not be null; leave out what there is not. */
    public String render(String template, Map<String, ?> values) {
        return engine.process(template, context(values));
    }

    /** One fragment of a template. */
    public String fragment(String template, String fragment, Map<String, ?> values) {
        return engine.process(template, Set.of(fragment), context(values));
    }

    private Context context(Map<String, ?> values) {
        Context context = new Context(Locale.ENGLISH);
        context.setVariable("links", links);
        values.forEach(context::setVariable);
        return context;
    }
}
