package app.patter.tool;

import app.patter.admin.StoredServer;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** A server of tools that an administrator has added. */
@Entity
@Table(name = "tool_server")
@NamedQuery(name = StoredToolServer.ALL, query = "select s from StoredToolServer s order by s.name")
public class StoredToolServer extends StoredServer {

    static final String ALL = "StoredToolServer.all";

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private ToolServer.Kind kind;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    private Permission permission;

    /** For JPA, and for one that is filled in afterwards. */
    @SuppressWarnings("NullAway.Init")
    protected StoredToolServer() {}

    void change(ToolServerForm form) {
        kind = form.kind();
        permission = form.permission();
    }

    ToolServer.Kind kind() {
        return kind;
    }

    Permission permission() {
        return permission;
    }
}
