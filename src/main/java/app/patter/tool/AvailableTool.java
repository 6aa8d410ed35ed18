package app.patter.tool;

import app.patter.chat.ToolSpec;
import app.patter.conversation.ToolEvent.Progress;
import jakarta.json.JsonObject;
import java.util.function.Consumer;

/**
 * A tool that models are told of now.
 *
 * @param tool       as models know it; its name is unique among the offers
 * @param title      for people, with the server it is from
 * @param permission not {@link Permission#OFF}
 * @param caller     calls it
 */
public record AvailableTool(ToolSpec tool, String title, Permission permission, Caller caller) {

    /** Characters of a fingerprint that tell tools of one name apart. */
    private static final int GRANTED = 32;

    /** Calls a tool. */
    @FunctionalInterface
    public interface Caller {

        /**
         * Begins a call, on a thread that may be held.
         *
         * @param progress called from any thread until the call has ended
         */
        ToolInvocation call(JsonObject arguments, Consumer<Progress> progress);
    }

    /** What is allowed with it: this tool under this name, as it is now. */
    public String grant() {
        return tool.name() + "#"
                + Fingerprint.of(tool.description(), tool.schema()).substring(0, GRANTED);
    }
}
