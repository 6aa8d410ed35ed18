package app.patter.answer;

import app.patter.chat.ToolSpec;
import app.patter.tool.AvailableTool;
import app.patter.tool.Images;
import app.patter.tool.Permission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * The tools of one answer.
 *
 * @param offers   by name
 * @param allowed  what a person has allowed for the whole conversation, as {@link AvailableTool#grant()} names it
 * @param timeout  longest time that a call may take
 * @param executor runs calls; its threads may be held
 * @param images   keeps the pictures that they answer with
 * @param mostCalls how many a model may make at once; it is told of those beyond
 */
record Toolbox(
        Map<String, AvailableTool> offers,
        Set<String> allowed,
        Duration timeout,
        Executor executor,
        Images images,
        int mostCalls) {

    /** What models are told. */
    List<ToolSpec> tools() {
        return offers.values().stream().map(AvailableTool::tool).toList();
    }

    /** What people call a tool. */
    String title(String name) {
        AvailableTool tool = offers.get(name);
        return tool == null ? name : tool.title();
    }

    /** The same where a person has allowed these for the whole conversation. */
    Toolbox allowing(Set<String> grants) {
        return new Toolbox(offers, grants, timeout, executor, images, mostCalls);
    }

    /** Whether a tool may be called without asking. */
    boolean allows(AvailableTool tool) {
        return tool.permission() == Permission.ALLOW || allowed.contains(tool.grant());
    }
}
