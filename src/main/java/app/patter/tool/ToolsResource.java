package app.patter.tool;

import app.patter.account.CurrentUser;
import app.patter.secret.SecretException;
import app.patter.tool.mcp.McpServer;
import app.patter.web.FormData;
import app.patter.web.FormException;
import app.patter.web.Links;
import app.patter.web.ProblemException;
import app.patter.web.Templates;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where administrators say which tools there are, and whether they may be called. */
@Path("/tools")
public class ToolsResource {

    @Inject
    private ToolStore store;

    @Inject
    private LiveTools live;

    @Inject
    private ToolRegistry tools;

    @Inject
    private CurrentUser user;

    @Inject
    private Templates templates;

    @Inject
    private FormData form;

    @Inject
    private Links links;

    /** A server as the page shows it. */
    public record Shown(
            UUID id,
            String name,
            String address,
            boolean hidden,
            String problem,
            boolean asked,
            List<ToolRegistry.Listed> tools) {}

    /** All tools. */
    @GET
    public Response list() {
        user.mustAdminister();
        List<ToolServer> described = store.read().servers();
        List<Shown> servers = store.servers().stream()
                .map(row -> shown(
                        row,
                        described.stream()
                                .filter(server -> server.slug().equals(row.slug()))
                                .findFirst()
                                .orElseThrow(ProblemException::notFound)))
                .toList();
        return show(
                200,
                "tools",
                Map.of(
                        "builtIn", tools.listed(),
                        "servers", servers,
                        "waiting", servers.stream().anyMatch(server -> !server.asked())));
    }

    private Shown shown(StoredToolServer row, ToolServer server) {
        McpServer.Listing known = tools.known(row.slug());
        return new Shown(
                row.id(),
                row.name(),
                row.address(),
                row.hidden(),
                known.problem(),
                known.asked(),
                tools.listed(server));
    }

    /** Asks all servers for their tools again. */
    @POST
    @Path("look")
    public Response refresh() {
        user.mustAdminister();
        tools.lookAgain();
        return back();
    }

    /** Says whether a tool may be called. */
    @POST
    @Path("permission")
    public Response permit() {
        user.mustAdminister();
        String source = form.text("source");
        String tool = form.text("tool");
        boolean known = source.equals(ToolRegistry.BUILT_IN)
                ? tools.listed().stream().anyMatch(listed -> listed.tool().equals(tool))
                : store.servers().stream().anyMatch(row -> row.slug().equals(source));
        if (!known || tool.isEmpty() || tool.length() > 200) {
            throw ProblemException.notFound();
        }
        try {
            store.permit(source, tool, ToolServerForm.permission(form.text("permission")));
        } catch (FormException e) {
            throw new ProblemException(422, "Not understood", e.message());
        }
        return changed();
    }

    /** The empty form. */
    @GET
    @Path("servers")
    public Response empty() {
        user.mustAdminister();
        return form(200, "", "", Map.of("kind", "HTTP", "permission", "ASK"), false);
    }

    /** Adds a server. */
    @POST
    @Path("servers")
    public Response add() {
        user.mustAdminister();
        try {
            store.add(ToolServerForm.of(form, tools.commands()));
            return changed();
        } catch (FormException e) {
            return again(422, "", e.message(), false);
        } catch (SecretException e) {
            return again(500, "", e.message(), false);
        }
    }

    /** A server as it is. */
    @GET
    @Path("servers/{server}")
    public Response get(@PathParam("server") String server) {
        user.mustAdminister();
        StoredToolServer row = existing(server);
        return form(
                200,
                row.id().toString(),
                "",
                Map.of(
                        "name", row.name(),
                        "kind", row.kind().name(),
                        "address", row.address(),
                        "permission", row.permission().name(),
                        "hidden", row.hidden() ? "yes" : ""),
                row.secret() != null);
    }

    /** Changes a server. */
    @POST
    @Path("servers/{server}")
    public Response change(@PathParam("server") String server) {
        user.mustAdminister();
        StoredToolServer row = existing(server);
        try {
            store.change(row.id(), ToolServerForm.of(form, tools.commands()));
            return changed();
        } catch (FormException e) {
            return again(422, server, e.message(), row.secret() != null);
        } catch (SecretException e) {
            return again(500, server, e.message(), row.secret() != null);
        }
    }

    /** Removes a server with all that was said about its tools. */
    @POST
    @Path("servers/{server}/deletion")
    public Response remove(@PathParam("server") String server) {
        user.mustAdminister();
        store.remove(Uuids.parse(server));
        return changed();
    }

    private StoredToolServer existing(String server) {
        return store.server(Uuids.parse(server)).orElseThrow(ProblemException::notFound);
    }

    /** The form as it was filled in, but for the secret. */
    private Response again(int status, String id, String problem, boolean hasSecret) {
        Map<String, String> fields = new HashMap<>();
        for (String field : new String[] {"name", "kind", "address", "permission", "hidden", "nosecret"}) {
            fields.put(field, form.text(field));
        }
        String lost = form.filled("secret").isPresent() ? " The secret has to be typed in once more." : "";
        return form(status, id, problem + lost, fields, hasSecret);
    }

    private Response form(int status, String id, String problem, Map<String, String> fields, boolean hasSecret) {
        Map<String, String> all = new HashMap<>(Map.of("name", "", "address", "", "hidden", "", "nosecret", ""));
        all.putAll(fields);
        return show(
                status,
                "toolserver",
                Map.of(
                        "id", id,
                        "problem", problem,
                        "fields", all,
                        "hasSecret", hasSecret,
                        "commands", tools.commands()));
    }

    private Response show(int status, String template, Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("forgery", user.csrfToken());
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(templates.render(template, all))
                .build();
    }

    private Response changed() {
        live.refresh();
        return back();
    }

    private Response back() {
        return Response.seeOther(links.uri("/tools")).build();
    }
}
