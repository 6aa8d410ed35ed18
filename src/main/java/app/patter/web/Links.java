package app.patter.web;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.webjars.WebJarVersionLocator;

/** Addresses inside Patter, under whatever context path it is deployed. Usable outside of requests. */
@ApplicationScoped
public class Links {

    private static final WebJarVersionLocator LIBRARIES = new WebJarVersionLocator();

    @Inject
    private ServletContextHolder servletContext;

    @Inject
    private Assets assets;

    private String base = "";

    @PostConstruct
    void start() {
        base = servletContext.context().getContextPath();
    }

    /** Address of a path that begins with a slash. */
    public String to(String path) {
        return base + path;
    }

    /**
     * Sends the browser on to a path that begins with a slash. The address has no scheme and no host: behind a proxy only
     * the browser knows them, and JAX-RS would make them up from what the proxy sends.
     */
    public Response.ResponseBuilder seeOther(String path) {
        return Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, to(path));
    }

    /** Sends the browser on to a branch of a conversation. */
    public Response.ResponseBuilder seeOtherBranch(UUID conversation, @Nullable UUID through) {
        return seeOther("/c/" + conversation + (through == null ? "" : "?m=" + through));
    }

    /** The same after something was deleted there, with what brings it back. */
    public Response.ResponseBuilder seeOtherDeleted(UUID conversation, @Nullable UUID through, long revision) {
        return seeOther("/c/" + conversation + "?deleted=" + revision + (through == null ? "" : "&m=" + through));
    }

    /** Where what was deleted at a revision is brought back. */
    public String undo(UUID conversation, long revision) {
        return conversation(conversation) + "/messages/deletions/" + revision + "/undo";
    }

    public String conversation(UUID conversation) {
        return to("/c/" + conversation);
    }

    /** The branch of a conversation that leads through a message; null for the newest branch. */
    public String branch(UUID conversation, @Nullable UUID through) {
        return through == null ? conversation(conversation) : conversation(conversation) + "?m=" + through;
    }

    /** All messages of a branch on one page. */
    public String everything(UUID conversation, @Nullable UUID through) {
        return branch(conversation, through) + (through == null ? "?" : "&") + "all=yes";
    }

    /** Conversations behind a place in the list of all. */
    public String older(Object place) {
        return to("/conversations") + "?behind=" + URLEncoder.encode(place.toString(), StandardCharsets.UTF_8);
    }

    /** The messages of a branch before one with this sequence number. */
    public String earlier(UUID conversation, @Nullable UUID through, long before) {
        String address = conversation(conversation) + "/earlier?before=" + before;
        return through == null ? address : address + "&m=" + through;
    }

    /** The page of a branch that goes on loading while its last answer is being written. */
    public String watch(UUID conversation, @Nullable UUID through) {
        String address = conversation(conversation) + "/watch";
        return through == null ? address : address + "?m=" + through;
    }

    /** Where one message's actions are posted; {@code action} is a noun such as {@code stop}. */
    public String message(UUID conversation, UUID message, String action) {
        return conversation(conversation) + "/messages/" + message + "/" + action;
    }

    /** Where a form about a message is; {@code through} is the message of the branch that leads there, if any. */
    public String form(UUID conversation, UUID message, String form, @Nullable UUID through) {
        return message(conversation, message, form) + (through == null ? "" : "?m=" + through);
    }

    /** Address of a picture that a tool has answered with. */
    public String image(UUID conversation, String image) {
        return conversation(conversation) + "/images/" + image;
    }

    /** Address of a file under {@code webapp}, changing with its content so that browsers may keep it for ever. */
    public String asset(String path) {
        return base + "/assets/" + assets.version(path) + path;
    }

    /** Address of a file of a library in the WAR, such as {@code katex} and {@code dist/katex.min.js}, of whatever version. */
    public String library(String name, String file) {
        return asset("/webjars/" + LIBRARIES.path(name, file));
    }

    /** Address of the event stream of a branch, to which the page adds one more parameter. */
    public String events(UUID conversation, @Nullable UUID through) {
        return conversation(conversation) + "/events?" + (through == null ? "" : "m=" + through + "&");
    }
}
