package app.patter.model;

import app.patter.chat.Prices;
import app.patter.provider.Parameters;
import app.patter.provider.ReasoningEffort;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What administrators say about one model. */
@Entity
@Table(name = "model")
@NamedQuery(name = ModelSettings.ALL, query = "select m from ModelSettings m order by m.server, m.name")
@NamedQuery(
        name = ModelSettings.OF_SERVER,
        query = "select m from ModelSettings m where m.server = :server order by m.name")
@NamedQuery(
        name = ModelSettings.NAMED,
        query = "select m from ModelSettings m where m.server = :server and m.name = :name")
public class ModelSettings {

    static final String ALL = "ModelSettings.all";
    static final String OF_SERVER = "ModelSettings.ofServer";
    static final String NAMED = "ModelSettings.named";

    @Id
    private UUID id;

    @Column(name = "upstream", nullable = false)
    private String server;

    @Column
    private @Nullable String added;

    @Column(nullable = false)
    private String name;

    @Column(nullable = false)
    private String label = "";

    @Column(nullable = false)
    private boolean hidden;

    @Column
    private @Nullable Integer place;

    @Column(name = "system_prompt", nullable = false)
    private String system = "";

    @Column
    private @Nullable BigDecimal temperature;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private ReasoningEffort effort = ReasoningEffort.UNASKED;

    @Column(name = "context_size")
    private @Nullable Long contextSize;

    @Column(name = "input_price")
    private @Nullable BigDecimal inputPrice;

    @Column(name = "output_price")
    private @Nullable BigDecimal outputPrice;

    @Column(name = "cached_price")
    private @Nullable BigDecimal cachedPrice;

    @Column(nullable = false)
    private String parameters = "";

    @Column(nullable = false)
    private String fallbacks = "";

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected ModelSettings() {}

    /**
     * Says nothing yet.
     *
     * @param server id of the server, as in the ids of its models
     * @param added whether an administrator has added that server, so that this row goes with it
     */
    ModelSettings(UUID id, String server, boolean added, String name) {
        this.id = id;
        this.server = server;
        this.added = added ? server : null;
        this.name = name;
    }

    void change(ModelForm form) {
        label = form.label();
        system = form.system();
        temperature = form.temperature();
        effort = form.effort();
        contextSize = form.contextSize();
        inputPrice = form.inputPrice();
        outputPrice = form.outputPrice();
        cachedPrice = form.cachedPrice();
        parameters = form.parameters();
        fallbacks = String.join("\n", form.fallbacks());
    }

    void hide(boolean now) {
        hidden = now;
    }

    void pin(int at) {
        place = at;
    }

    public UUID id() {
        return id;
    }

    /** Whether an administrator has added its server. */
    public boolean ofAdded() {
        return added != null;
    }

    /** Id of the model, as people's messages keep it. */
    public String model() {
        return server + "/" + name;
    }

    String name() {
        return name;
    }

    /** Name shown to people; empty for the usual one. */
    public String label() {
        return label;
    }

    public boolean hidden() {
        return hidden;
    }

    /** Where it stands among the models of its server; null after those that have a place. */
    @Nullable
    Integer place() {
        return place;
    }

    /** What it is told before every conversation; may be empty. */
    public String system() {
        return system;
    }

    public @Nullable BigDecimal temperature() {
        return temperature;
    }

    public ReasoningEffort effort() {
        return effort;
    }

    /** Tokens; null if unknown. */
    public @Nullable Long contextSize() {
        return contextSize;
    }

    /** For a million tokens of a prompt, in whatever currency; null if unknown. */
    public @Nullable BigDecimal inputPrice() {
        return inputPrice;
    }

    /** For a million tokens of an answer; null if unknown. */
    public @Nullable BigDecimal outputPrice() {
        return outputPrice;
    }

    /** For a million tokens of a prompt that come from the provider's cache; null for the same as others. */
    public @Nullable BigDecimal cachedPrice() {
        return cachedPrice;
    }

    private @Nullable Prices prices() {
        return inputPrice == null || outputPrice == null ? null : new Prices(inputPrice, outputPrice, cachedPrice);
    }

    /** Further fields of requests, a JSON object; empty for none. */
    public String parameters() {
        return parameters;
    }

    /** Ids of models. */
    public List<String> fallbacks() {
        return fallbacks.lines().toList();
    }

    ModelConfig config() {
        return new ModelConfig(
                model(),
                label,
                hidden,
                place != null,
                system,
                new Parameters(temperature, effort, contextSize, parameters),
                prices(),
                fallbacks());
    }
}
