package app.patter.tool;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an administrator says about one tool. */
@Entity
@Table(name = "tool_choice")
@NamedQuery(name = ToolChoice.ALL, query = "select c from ToolChoice c")
@NamedQuery(name = ToolChoice.NAMED, query = "select c from ToolChoice c where c.source = :source and c.tool = :tool")
class ToolChoice {

    static final String ALL = "ToolChoice.all";
    static final String NAMED = "ToolChoice.named";

    @Id
    private UUID id;

    @Column(nullable = false)
    private String source;

    /** The same for a tool of a server, with which the row goes. */
    @Column
    private @Nullable String added;

    @Column(nullable = false)
    private String tool;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Permission permission;

    /** Of the tool when this was said; null if that was not noted. */
    @Column
    private @Nullable String fingerprint;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected ToolChoice() {}

    /** What is said, and about which form of the tool. */
    record Said(Permission permission, @Nullable String fingerprint) {

        /** What holds for the tool as it is now: one that has changed since it was allowed is asked about again. */
        Permission now(String current) {
            boolean changed = fingerprint != null && !fingerprint.equals(current);
            return changed && permission == Permission.ALLOW ? Permission.ASK : permission;
        }
    }

    ToolChoice(UUID id, String source, String tool, Said said) {
        this.id = id;
        this.source = source;
        this.added = source.equals(ToolRegistry.BUILT_IN) ? null : source;
        this.tool = tool;
        this.permission = said.permission();
        this.fingerprint = said.fingerprint();
    }

    /** Source and name, as {@link ToolRegistry} knows it. */
    String key() {
        return source + "/" + tool;
    }

    Said said() {
        return new Said(permission, fingerprint);
    }

    void say(Said now) {
        permission = now.permission();
        fingerprint = now.fingerprint();
    }
}
