package app.patter.account;

import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.web.FormData;
import app.patter.web.LimitedBody;
import app.patter.web.Links;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import app.patter.web.Takes.BodyKind;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Every request passes here: who is it, may they, and did their own page send it. Forms are read here too, because their
 * CSRF token must be seen before anything happens; other bodies are left to their resources ({@link ResourceRules}).
 */
@Provider
@ApplicationScoped
@Priority(Priorities.AUTHENTICATION)
public class AuthenticationFilter implements ContainerRequestFilter {

    private static final Set<String> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OWN = Set.of("same-origin", "none");
    private static final String BEARER = "Bearer ";
    private static final String CSRF_HEADER = "X-Patter-Forgery";

    /** A character is at most 4 bytes of UTF-8, each of which may be written as %XX. */
    private static final int BYTES_PER_CHARACTER = 12;

    private static final int OTHER_FIELDS = 16_384;

    @Inject
    private Accounts accounts;

    @Inject
    private Logins logins;

    @Inject
    private Cookies cookies;

    @Inject
    private AuditLog audit;

    @Inject
    private ApiTokenLookup tokens;

    @Inject
    private CurrentUser user;

    @Inject
    private FormData form;

    @Inject
    private Links links;

    @Context
    private ResourceInfo resource;

    private final LimitedBody ofPeople = new LimitedBody(
            Math.toIntExact(Math.min(
                    Integer.MAX_VALUE,
                    Settings.ofProcess().number(Setting.PROMPT_LIMIT) * BYTES_PER_CHARACTER + OTHER_FIELDS)),
            Duration.ofMinutes(5));

    /** Enough to log in, and to give back a text of usual length whose author's login has ended. */
    private final LimitedBody ofStrangers = new LimitedBody(OTHER_FIELDS, Duration.ofSeconds(20));

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        ResourceRules rules = ResourceRules.of(resource);
        if (rules.alikeForAll()) {
            return;
        }
        boolean posts = !SAFE.contains(request.getMethod());
        if (rules.forProgramsOnly()) {
            admitProgram(request, posts);
        } else if (posts) {
            try {
                recognise(request);
            } finally {
                if (rules.body() == BodyKind.FORM) {
                    read(request); // whatever fails, so that what was typed comes back with the problem
                }
            }
            admit(request, rules.withoutLogin());
        } else {
            recognise(request);
            if (!rules.withoutLogin() && !user.isKnown()) {
                request.abortWith(toLogIn(request));
                return;
            }
        }
        if (rules.administratorOnly() && !user.account().administrator()) {
            throw rules.forProgramsOnly()
                    ? new ProblemException(ProblemCode.ADMINISTRATORS_ONLY)
                    : ProblemException.notFound();
        }
    }

    private void admitProgram(ContainerRequestContext request, boolean writes) {
        String shown = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        ApiTokens.Held held = Optional.ofNullable(shown)
                .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .flatMap(header -> tokens.held(header.substring(BEARER.length()).strip()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NO_TOKEN));
        if (writes && !held.writes()) {
            throw new ProblemException(ProblemCode.READ_ONLY_TOKEN);
        }
        user.is(held);
    }

    private void recognise(ContainerRequestContext request) {
        String login = cookies.sent(request.getCookies(), Cookies.LOGIN);
        Optional<Logins.LoggedIn> known = login == null ? Optional.empty() : logins.find(login);
        if (known.isPresent()) {
            user.is(known.get());
        } else {
            user.isUnknown(Objects.requireNonNullElse(cookies.sent(request.getCookies(), Cookies.FORM), ""));
        }
    }

    private void read(ContainerRequestContext request) throws IOException {
        MediaType type = request.getMediaType();
        if (type != null && !type.isCompatible(MediaType.APPLICATION_FORM_URLENCODED_TYPE)) {
            throw new ProblemException(ProblemCode.UNKNOWN_FORM);
        }
        byte[] body = (user.isKnown() ? ofPeople : ofStrangers).read(request.getEntityStream());
        request.setEntityStream(new ByteArrayInputStream(body));
        form.read(body);
    }

    private void admit(ContainerRequestContext request, boolean open) {
        if (!open && !user.isKnown()) {
            throw new ProblemException(ProblemCode.LOGIN_ENDED);
        }
        String header = request.getHeaderString(CSRF_HEADER);
        String shown = header == null ? form.text("forgery") : header;
        String from = request.getHeaderString("Sec-Fetch-Site"); // old browsers and programs do not send it
        boolean elsewhere = from != null && !OWN.contains(from);
        if (elsewhere || user.csrfToken().isEmpty() || !Tokens.same(shown, user.csrfToken())) {
            audit.log(AuditEvent.FORM_REFUSED, null);
            throw new ProblemException(ProblemCode.NOT_FROM_THIS_PAGE);
        }
    }

    private Response toLogIn(ContainerRequestContext request) {
        if (accounts.none()) {
            return links.seeOther("/setup").build();
        }
        String path = request.getUriInfo().getPath();
        if (!path.startsWith("/")) { // RESTEasy's does
            path = "/" + path;
        }
        String query = request.getUriInfo().getRequestUri().getRawQuery();
        if (query != null) {
            path += "?" + query;
        }
        String next = path.equals("/") ? "" : "?next=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
        return links.seeOther("/login" + next).build();
    }
}
