package app.patter.model;

import app.patter.admin.StoredServer;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/** A model server that an administrator has added. Its address has a slash at its end. */
@Entity
@Table(name = "upstream")
@NamedQuery(name = ModelServer.ALL, query = "select s from ModelServer s order by s.place, s.name")
public class ModelServer extends StoredServer {

    static final String ALL = "ModelServer.all";

    @Column(nullable = false)
    private String dialect;

    @Column(name = "chosen_only", nullable = false)
    private boolean chosenOnly;

    @Column(nullable = false)
    private int place;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected ModelServer() {}

    /** @param place where it stands among the others */
    @SuppressWarnings("NullAway.Init")
    ModelServer(int place) {
        this.place = place;
    }

    void change(ModelServerForm form) {
        dialect = form.dialect();
        chosenOnly = form.chosenOnly();
    }

    void move(int to) {
        place = to;
    }

    public String dialect() {
        return dialect;
    }

    /** Whether only models are offered that were chosen one by one, and not all that it lists. */
    public boolean chosenOnly() {
        return chosenOnly;
    }

    int place() {
        return place;
    }
}
