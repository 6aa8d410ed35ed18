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

    public String conversation(UUID conversation) {
        return to("/c/" + conversation);
    }

    /** The branch of a conversation that ends at a message. */
    public String branch(UUID conversation, UUID leaf) {
        return conversation(conversation) + "?m=" + leaf;
    }

    /** All messages of a branch on one page; {@code leaf} is null for the newest branch. */
    public String everything(UUID conversation, @Nullable UUID leaf) {
        return (leaf == null ? conversation(conversation) + "?" : branch(conversation, leaf) + "&") + "all=yes";
    }

    /** Conversations behind a place in the list of all. */
    public String older(Object place) {
        return to("/conversations") + "?behind=" + URLEncoder.encode(place.toString(), StandardCharsets.UTF_8);
    }

    /** The messages of a branch before one with this sequence number. */
    public String earlier(UUID conversation, @Nullable UUID leaf, long before) {
        String address = conversation(conversation) + "/earlier?before=" + before;
        return leaf == null ? address : address + "&m=" + leaf;
    }

    /** Where one message's actions are posted; {@code action} is a noun such as {@code stop}. */
    public String message(UUID conversation, UUID message, String action) {
        return conversation(conversation) + "/messages/" + message + "/" + action;
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

    /** Address of the event stream of a conversation. */
    public String events(UUID conversation) {
        return conversation(conversation) + "/events";
    }
}
