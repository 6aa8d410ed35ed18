package app.patter.tool;

import app.patter.account.AuditEvent;
import app.patter.account.AuditLog;
import app.patter.account.UserPages;
import app.patter.tool.mcp.McpServer;
import app.patter.web.AdministratorOnly;
import app.patter.web.FormData;
import app.patter.web.FormException;
import app.patter.web.Links;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where administrators say which tools there are, and whether they may be called. */
@AdministratorOnly
@Path("/tools")
public class ToolsResource {

    @Inject
    private ToolStore store;

    @Inject
    private LiveTools live;

    @Inject
    private ToolRegistry tools;

    @Inject
    private UserPages pages;

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
    @Inject
    private AuditLog audit;

    @GET
    public Response list() {
        List<ToolServer> described = store.read().value().servers();
        List<Shown> servers = store.servers().stream()
                .map(row -> shown(
                        row,
                        described.stream()
                                .filter(server -> server.slug().equals(row.slug()))
                                .findFirst()
                                .orElseThrow(ProblemException::notFound)))
                .toList();
        return pages.show(
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
        tools.lookAgain();
        return back();
    }

    /** Says whether a tool may be called. */
    @POST
    @Path("permission")
    public Response permit() {
        String source = form.text("source");
        String tool = form.text("tool");
        boolean known = source.equals(ToolRegistry.BUILT_IN)
                ? tools.listed().stream().anyMatch(listed -> listed.tool().equals(tool))
                : store.servers().stream().anyMatch(row -> row.slug().equals(source));
        if (!known || tool.isEmpty() || tool.length() > 200) {
            throw ProblemException.notFound();
        }
        try {
            store.permit(
                    source,
                    tool,
                    new ToolChoice.Said(
                            ToolServerForm.permission(form.text("permission")), tools.fingerprint(source, tool)));
        } catch (FormException e) {
            throw new ProblemException(ProblemCode.NOT_UNDERSTOOD, e.text());
        }
        audit.log(AuditEvent.TOOL_PERMISSION_CHANGED, source + ":" + tool + ":" + form.text("permission"));
        live.refresh();
        return back();
    }

    private Response back() {
        return links.seeOther("/tools").build();
    }
}
