package app.patter.web;

import app.patter.concurrent.Throwables;
import app.patter.json.JsonFactories;
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

    /** Seconds after which a program may ask again whether the database is back. */
    private static final int DATABASE_AWAY = 5;

    /** Bytes of a refused body that every server reads to its end; with more to come, some just close the connection. */
    private static final int READ_ANYWAY = 16_384;

    @Inject
    private Templates templates;

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
        if (headers.getLength() > READ_ANYWAY || headers.getHeaderString("Transfer-Encoding") != null) {
            // The rest of the body may be unread; a client that is not told would send its next request into the close.
            response.getHeaders().putSingle("Connection", "close");
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
            LOG.log(Level.WARNING, "A request failed because of the database: {0}", Throwables.rootName(thrown));
            return ProblemException.passing(
                    503,
                    "The database is away",
                    "Patter cannot reach its database right now. Your text is kept here; try again in a moment.",
                    DATABASE_AWAY);
        }
        String number = UUID.randomUUID().toString().substring(0, 8);
        LOG.log(Level.ERROR, "Problem " + number, thrown);
        return new ProblemException(
                500,
                "Something went wrong",
                "Patter failed here; try again. The log has it as problem " + number + ".");
    }

    private static ProblemException problem(int status) {
        return switch (status) {
            case 404 -> ProblemException.notFound();
            case 405 ->
                new ProblemException(405, "Not possible here", "This address does not take that kind of request.");
            case 406 -> new ProblemException(406, "Not available", "This address has no answer of the wanted type.");
            case 415 -> new ProblemException(415, "Unknown form", "Send forms as application/x-www-form-urlencoded.");
            default ->
                new ProblemException(status, "This did not work", "The server answered with status " + status + ".");
        };
    }

    /** RFC 9457, "Problem Details for HTTP APIs". */
    private static Response response(ProblemException problem) {
        String json = JsonFactories.object()
                .add("title", problem.title())
                .add("status", problem.status())
                .add("detail", problem.message())
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
        Map<String, Object> values =
                Map.of("title", problem.title(), "message", problem.message(), "typed", form.text("text"));
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
