package app.patter.answer;

import app.patter.chat.ChatMessage;
import app.patter.chat.Prices;
import app.patter.chat.ToolSpec;
import app.patter.provider.Delta;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Provider;
import app.patter.tool.AvailableTool;
import app.patter.tool.Images;
import app.patter.tool.Permission;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolInvocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A conversation without a database, and models that say what a test lets them say. */
final class FakePort implements GenerationPort {

    static final ToolSpec TOOL = new ToolSpec("tool", "answers 42", "{\"type\":\"object\"}");

    /** Every time that a model was asked, oldest first. */
    final List<Asked> asked = new ArrayList<>();

    /** What there is to call, by name. */
    final Map<String, AvailableTool> offers = new LinkedHashMap<>(Map.of("tool", tool(TOOL)));

    private final ToolSupportCache support = new ToolSupportCache(() -> 0);

    /** What happens while a model is being asked, before there is a connection to close. */
    Consumer<Asked> meanwhile = ask -> {};

    PromptBuilder.Told told = PromptBuilder.Told.NOTHING;

    @Nullable
    RuntimeException unreadable;

    /** One time that a model was asked. */
    static final class Asked {
        final String model;
        final List<ToolSpec> tools;
        final DeltaHandler handler;
        boolean cancelled;

        Asked(String model, List<ToolSpec> tools, DeltaHandler handler) {
            this.model = model;
            this.tools = tools;
            this.handler = handler;
        }

        void says(Delta... deltas) {
            for (Delta delta : deltas) {
                handler.accept(delta);
            }
        }
    }

    /** The time that a model was asked last. */
    Asked last() {
        return asked.get(asked.size() - 1);
    }

    @Override
    public PromptBuilder.Told read(String model) {
        if (unreadable != null) {
            throw unreadable;
        }
        return told;
    }

    @Override
    public Provider.Call ask(String model, List<ChatMessage> messages, List<ToolSpec> tools, DeltaHandler handler) {
        Asked ask = new Asked(model, tools, handler);
        asked.add(ask);
        meanwhile.accept(ask);
        return () -> ask.cancelled = true;
    }

    @Override
    public Toolbox toolbox() {
        return new Toolbox(offers, Set.of(), Duration.ofMinutes(5), Runnable::run, new Images(), 32);
    }

    static AvailableTool tool(ToolSpec spec) {
        return new AvailableTool(
                spec,
                spec.name().toUpperCase(Locale.ROOT),
                Permission.ALLOW,
                (arguments, progress) -> ToolInvocation.done(ToolAnswer.text("42")));
    }

    @Override
    public List<ToolSpec> accepted(String model, List<ToolSpec> tools) {
        return support.accepted(model, tools);
    }

    @Override
    public void refusesTools(String model) {
        support.refused(model);
    }

    @Override
    public void refusesTool(String model, ToolSpec tool) {
        support.refused(model, tool);
    }

    @Override
    public @Nullable Prices prices(String model) {
        return null;
    }

    @Override
    public Map<String, Boolean> decided() {
        return Map.of();
    }

    @Override
    public Set<String> allowed() {
        return Set.of();
    }

    @Override
    public void waits() {
        throw new AssertionError("nobody is asked");
    }
}
