package app.patter.answer;

import app.patter.chat.ChatMessage;
import app.patter.chat.Prices;
import app.patter.chat.ToolSpec;
import app.patter.cluster.Nodes;
import app.patter.conversation.Access;
import app.patter.conversation.Approvals;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.Transcripts;
import app.patter.conversation.View;
import app.patter.model.ModelRegistry;
import app.patter.model.Payer;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The conversation of one answer in the database, and the models of this node. */
final class ConversationPort implements GenerationPort {

    private static final Logger LOG = System.getLogger(ConversationPort.class.getName());

    private final Access access;
    private final GenerationTicket ticket;
    private final Services services;
    private final AtomicReference<PromptBuilder.@Nullable Told> known;
    private final Consumer<GenerationTicket> starts;

    /**
     * What all answers of this node share.
     *
     * @param toolboxes what tools there are
     */
    record Services(
            Transcripts transcripts,
            ModelRegistry models,
            Approvals approvals,
            Nodes nodes,
            ToolSupportCache toolSupport,
            Supplier<Toolbox> toolboxes) {}

    /**
     * @param known  what the database holds of the conversation now; null to be read
     * @param starts goes on with the answer when a person has decided about its last call
     */
    ConversationPort(
            Access access,
            GenerationTicket ticket,
            Services services,
            PromptBuilder.@Nullable Told known,
            Consumer<GenerationTicket> starts) {
        this.access = access;
        this.ticket = ticket;
        this.services = services;
        this.starts = starts;
        this.known = new AtomicReference<>(known);
    }

    @Override
    public PromptBuilder.Told read(String model) {
        PromptBuilder.Told before = known.getAndSet(null);
        return before == null ? readNow(model) : before;
    }

    private PromptBuilder.Told readNow(String model) {
        return services.transcripts()
                .read(access, View.upTo(ticket.message()))
                .map(branch -> PromptBuilder.of(
                        branch,
                        services.transcripts().own(branch, services.models().source(model))))
                .orElse(PromptBuilder.Told.NOTHING);
    }

    @Override
    public Provider.Call ask(String model, List<ChatMessage> messages, List<ToolSpec> tools, DeltaHandler handler) {
        return services.models().ask(Payer.account(access.owner()), model, messages, tools, handler);
    }

    @Override
    public Toolbox toolbox() {
        return services.toolboxes().get();
    }

    @Override
    public List<ToolSpec> accepted(String model, List<ToolSpec> tools) {
        return services.models().takesTools(model) ? services.toolSupport().accepted(model, tools) : List.of();
    }

    @Override
    public void refusesTools(String model) {
        LOG.log(Level.INFO, "{0} refuses tools; it is asked without them for a while.", model);
        services.toolSupport().refused(model);
    }

    @Override
    public void refusesTool(String model, ToolSpec tool) {
        LOG.log(Level.WARNING, "{0} refuses the tool {1}; it is asked without it for a while.", model, tool.name());
        services.toolSupport().refused(model, tool);
    }

    @Override
    public @Nullable Prices prices(String model) {
        return services.models().prices(model);
    }

    @Override
    public Map<String, Boolean> decided() {
        return services.approvals().decisions(ticket.message());
    }

    @Override
    public Set<String> allowed() {
        return services.approvals().allowed(access);
    }

    @Override
    public void waits() {
        services.approvals()
                .resume(access, ticket.message(), services.nodes().self())
                .ifPresent(starts);
    }
}
