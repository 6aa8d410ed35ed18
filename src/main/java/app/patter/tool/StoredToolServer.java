package app.patter.tool;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server of tools that an administrator has added. */
@Entity
@Table(name = "tool_server")
@NamedQuery(name = StoredToolServer.ALL, query = "select s from StoredToolServer s order by s.name")
public class StoredToolServer {

    static final String ALL = "StoredToolServer.all";

    @Id
    private UUID id;

    @Column(nullable = false)
    private String slug;

    @Column(nullable = false)
    private String name;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private ToolServer.Kind kind;

    @Column(nullable = false)
    private String address;

    @Column
    private @Nullable String secret;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Permission permission;

    @Column(nullable = false)
    private boolean hidden;

    @Column(nullable = false)
    private OffsetDateTime created;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected StoredToolServer() {}

    StoredToolServer(UUID id, String slug, ToolServerForm form, @Nullable String secret, OffsetDateTime created) {
        this.id = id;
        this.slug = slug;
        this.name = form.name();
        this.kind = form.kind();
        this.address = form.address();
        this.secret = secret;
        this.permission = form.permission();
        this.hidden = form.hidden();
        this.created = created;
    }

    void change(ToolServerForm form, @Nullable String sealed) {
        name = form.name();
        kind = form.kind();
        address = form.address();
        secret = sealed;
        permission = form.permission();
        hidden = form.hidden();
    }

    UUID id() {
        return id;
    }

    /** What the names of its tools begin with; stays when the name changes. */
    String slug() {
        return slug;
    }

    String name() {
        return name;
    }

    ToolServer.Kind kind() {
        return kind;
    }

    String address() {
        return address;
    }

    /** Sealed for {@link #context}; null if there is none. */
    @Nullable
    String secret() {
        return secret;
    }

    /** What its secret belongs to: this server, at this address and at no other. */
    String context() {
        return context(id, address);
    }

    static String context(UUID id, String address) {
        return "tools " + id + " " + address;
    }

    Permission permission() {
        return permission;
    }

    boolean hidden() {
        return hidden;
    }

    OffsetDateTime created() {
        return created;
    }
}
