package app.patter.answer;

import app.patter.chat.ChatMessage;
import app.patter.chat.Prices;
import app.patter.chat.ToolSpec;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Provider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a generation needs to know of the conversation that its answer belongs to, and of the models. Thread-safe. */
interface GenerationPort {

    /** What the database holds of the conversation now, as that model is told it. */
    PromptBuilder.Told read(String model);

    /** Asks a model for an answer; returns at once. */
    Provider.Call ask(String model, List<ChatMessage> messages, List<ToolSpec> tools, DeltaHandler handler);

    /** What tools there are now. */
    Toolbox toolbox();

    /** Those of the tools that a model is to be told of; some refuse them, and agents have their own. */
    List<ToolSpec> accepted(String model, List<ToolSpec> tools);

    /** From now on no tools are told to that model. */
    void refusesTools(String model);

    /** From now on that tool is not told to that model. */
    void refusesTool(String model, ToolSpec tool);

    /** What a model costs; null if unknown. */
    @Nullable
    Prices prices(String model);

    /** What a person has decided about calls of this answer, by their ids. */
    Map<String, Boolean> decided();

    /** Names of the tools that a person has allowed for the whole conversation. */
    Set<String> allowed();

    /** The answer waits for a person, unless everything was decided while that was saved. */
    void waits();
}
