package app.patter.web;

import app.patter.concurrent.Seldom;
import app.patter.concurrent.Throwables;
import app.patter.json.JsonFactories;
import app.patter.text.Messages;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Turns whatever a resource throws into a page, or for htmx into a fragment beside the form, together with the text that
 * the person had typed. Never shows a stack trace; the log gets one under a number that the page names.
 */
@Provider
@ApplicationScoped
@Priority(1)
public class ProblemMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    /** A database that is away fails every request, and what fails once is often tried again. */
    private static final Seldom DATABASE = new Seldom();

    /** The first of the problems of each kind, which alone has a stack trace within a minute. */
    private static final Cache<String, String> KNOWN = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(1))
            .maximumSize(1_000)
            .build();

    /** Seconds after which a program may ask again whether the database is back. */
    private static final int DATABASE_AWAY = 5;

    @Inject
    private Templates templates;

    @Inject
    private Messages messages;

    @Inject
    private FormData form;

    @Context
    private HttpHeaders headers;

    @Context
    private UriInfo address;

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof WebApplicationException web && web.getResponse().getStatus() < 400) {
            return web.getResponse();
        }
        ProblemException problem = problem(thrown);
        Response response = show(problem);
        if (problem.retryAfter() > 0) {
            response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, problem.retryAfter());
        }
        return response;
    }

    private static ProblemException problem(Throwable thrown) {
        ProblemException told = Throwables.find(thrown, ProblemException.class);
        if (told != null) {
            return told;
        }
        if (thrown instanceof WebApplicationException web) {
            return problem(web.getResponse().getStatus());
        }
        if (Throwables.find(thrown, SQLException.class) != null
                || Throwables.find(thrown, PersistenceException.class) != null
                || Throwables.find(thrown, RollbackException.class) != null) {
            DATABASE.pass()
                    .ifPresent(others -> LOG.log(
                            Level.WARNING,
                            "A request failed because of the database: {0} (and {1} others since the last such line).",
                            Throwables.rootName(thrown),
                            others));
            return ProblemException.passing(ProblemCode.DATABASE_UNAVAILABLE, DATABASE_AWAY);
        }
        String number = UUID.randomUUID().toString().substring(0, 8);
        StackTraceElement[] trace = thrown.getStackTrace();
        String kind = Throwables.rootName(thrown) + (trace.length == 0 ? "" : " at " + trace[0]);
        if (KNOWN.asMap().putIfAbsent(kind, number) == null) {
            LOG.log(Level.ERROR, "Problem " + number, thrown);
        } else {
            LOG.log(Level.ERROR, "Problem {0} is like {1}: {2}", number, KNOWN.getIfPresent(kind), kind);
        }
        return new ProblemException(ProblemCode.INTERNAL, number);
    }

    private static ProblemException problem(int status) {
        return switch (status) {
            case 404 -> ProblemException.notFound();
            case 405 -> new ProblemException(ProblemCode.METHOD_NOT_ALLOWED);
            case 406 -> new ProblemException(ProblemCode.NOT_ACCEPTABLE);
            case 415 -> new ProblemException(ProblemCode.UNKNOWN_FORM);
            default -> ProblemException.ofStatus(status);
        };
    }

    /** RFC 9457, "Problem Details for HTTP APIs". */
    private Response response(ProblemException problem) {
        String json = JsonFactories.object()
                .add("title", messages.text(problem.title()))
                .add("status", problem.status())
                .add("code", problem.text().code())
                .add("detail", messages.text(problem.text()))
                .build()
                .toString();
        Response.ResponseBuilder response = Response.status(problem.status())
                .type("application/problem+json")
                .entity(json);
        return problem.status() == 401
                ? response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer").build()
                : response.build();
    }

    private Response show(ProblemException problem) {
        if (address.getPath().matches("/?(api/.*|metrics)")) {
            return response(problem);
        }
        boolean fragment = headers.getHeaderString("HX-Request") != null;
        Map<String, Object> values = Map.of(
                "title",
                messages.text(problem.title()),
                "message",
                messages.text(problem.text()),
                "typed",
                form.text("text"));
        String html = templates.render(fragment ? "problem-fragment" : "problem", values);
        Response.ResponseBuilder response = Response.status(problem.status())
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(html);
        return fragment
                ? response.header("HX-Retarget", "#problem")
                        .header("HX-Reswap", "innerHTML")
                        .build()
                : response.build();
    }
}
