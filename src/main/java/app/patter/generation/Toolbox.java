package app.patter.generation;

import app.patter.tool.Images;
import app.patter.tool.Offer;
import app.patter.tool.Permission;
import app.patter.upstream.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The tools of one answer.
 *
 * @param offers   by name
 * @param allowed  names of those that a person has allowed for the whole conversation
 * @param timeout  longest time that a call may take
 * @param executor runs calls; its threads may be held
 * @param images   keeps the pictures that they answer with
 */
record Toolbox(Map<String, Offer> offers, Set<String> allowed, Duration timeout, Executor executor, Images images) {

    /** What models are told. */
    List<Tool> tools() {
        return offers.values().stream().map(Offer::tool).toList();
    }

    /** What people call a tool. */
    String title(String name) {
        Offer offer = offers.get(name);
        return offer == null ? name : offer.title();
    }

    /** The same where a person has allowed these for the whole conversation. */
    Toolbox allowing(Set<String> names) {
        return new Toolbox(offers, names, timeout, executor, images);
    }

    /** Whether a tool may be called without asking. */
    boolean allows(Offer offer) {
        return offer.permission() == Permission.ALLOW
                || allowed.contains(offer.tool().name());
    }
}
