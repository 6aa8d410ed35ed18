package app.patter.admin;

import jakarta.persistence.Column;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server that an administrator has added. */
@MappedSuperclass
public abstract class StoredServer {

    @Id
    private UUID id;

    @Column(nullable = false)
    private String slug;

    @Column(nullable = false)
    private String name;

    @Column(nullable = false)
    private String address;

    @Column
    private @Nullable String secret;

    @Column(nullable = false)
    private boolean hidden;

    @Column(nullable = false)
    private OffsetDateTime created;

    /** For JPA, and for {@link ServerKind#create}, after which {@link Servers} fills it in. */
    @SuppressWarnings("NullAway.Init")
    protected StoredServer() {}

    void begin(UUID first, String unique, OffsetDateTime now) {
        id = first;
        slug = unique;
        created = now;
    }

    void change(ServerFields form, @Nullable String sealed) {
        name = form.name();
        address = form.address();
        hidden = form.hidden();
        secret = sealed;
    }

    public UUID id() {
        return id;
    }

    /** What the ids of its models or tools begin with; unique, and stays when the name changes. */
    public String slug() {
        return slug;
    }

    /** Name shown to people; unique. */
    public String name() {
        return name;
    }

    /** Where it is. */
    public String address() {
        return address;
    }

    /** Sealed for {@link ServerKind#secretContext}; null if there is none. */
    @Nullable
    String secret() {
        return secret;
    }

    /** Whether a secret is stored. */
    public boolean hasSecret() {
        return secret != null;
    }

    /** Whether nothing of it is offered. */
    public boolean hidden() {
        return hidden;
    }

    /** Since when it has been here. */
    public OffsetDateTime created() {
        return created;
    }
}
