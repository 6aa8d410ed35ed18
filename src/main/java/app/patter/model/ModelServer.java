package app.patter.model;

import app.patter.secret.SecretCipher;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A model server that an administrator has added. */
@Entity
@Table(name = "upstream")
@NamedQuery(name = ModelServer.ALL, query = "select s from ModelServer s order by s.place, s.name")
public class ModelServer {

    static final String ALL = "ModelServer.all";

    @Id
    private UUID id;

    @Column(nullable = false)
    private String slug;

    @Column(nullable = false)
    private String name;

    @Column(nullable = false)
    private String dialect;

    @Column(nullable = false)
    private String address;

    @Column
    private @Nullable String secret;

    @Column(nullable = false)
    private boolean hidden;

    @Column(name = "chosen_only", nullable = false)
    private boolean chosenOnly;

    @Column(nullable = false)
    private int place;

    @Column(nullable = false)
    private OffsetDateTime created;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected ModelServer() {}

    ModelServer(UUID id, String slug, int place, ServerForm form, @Nullable String secret, OffsetDateTime created) {
        this.id = id;
        this.slug = slug;
        this.place = place;
        this.created = created;
        this.name = form.name();
        this.dialect = form.dialect();
        this.address = form.address();
        this.secret = secret;
        this.hidden = form.hidden();
        this.chosenOnly = form.chosenOnly();
    }

    void change(ServerForm form, @Nullable String sealed) {
        name = form.name();
        dialect = form.dialect();
        address = form.address();
        secret = sealed;
        hidden = form.hidden();
        chosenOnly = form.chosenOnly();
    }

    void move(int to) {
        place = to;
    }

    public UUID id() {
        return id;
    }

    /** What the ids of its models begin with; stays when the name changes. */
    public String slug() {
        return slug;
    }

    /** Name shown to people; unique. */
    public String name() {
        return name;
    }

    public String dialect() {
        return dialect;
    }

    /** Where it is, with a slash at its end. */
    public String address() {
        return address;
    }

    /** Its key as {@link SecretCipher} has sealed it for {@link #context}; null if it wants none. */
    @Nullable
    String secret() {
        return secret;
    }

    /** Whether a key is stored. */
    public boolean hasKey() {
        return secret != null;
    }

    /** What its key belongs to: this server, at this address and at no other. */
    String context() {
        return context(id, address);
    }

    static String context(UUID id, String address) {
        return id + " " + address;
    }

    /** Whether none of its models is offered. */
    public boolean hidden() {
        return hidden;
    }

    /** Whether only models are offered that were chosen one by one, and not all that it lists. */
    public boolean chosenOnly() {
        return chosenOnly;
    }

    int place() {
        return place;
    }

    /** Since when it has been here. */
    public OffsetDateTime created() {
        return created;
    }
}
