package app.patter.admin;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Servers in a table of their own. */
public final class JpaServerRows<E extends StoredServer> implements ServerRows<E> {

    private final EntityManager entities;
    private final Class<E> type;
    private final String all;
    private final Consumer<E> removing;

    /**
     * The rows of an entity.
     *
     * @param all name of the query for all of them, in their order
     * @param removing removes what belongs to a row and does not go with it
     */
    public JpaServerRows(EntityManager entities, Class<E> type, String all, Consumer<E> removing) {
        this.entities = entities;
        this.type = type;
        this.all = all;
        this.removing = removing;
    }

    @Override
    public List<E> all() {
        return entities.createNamedQuery(all, type).getResultList();
    }

    @Override
    public Optional<E> find(UUID id) {
        return Optional.ofNullable(entities.find(type, id));
    }

    @Override
    public void add(E row) {
        entities.persist(row);
    }

    @Override
    public void remove(E row) {
        removing.accept(row);
        entities.remove(row);
    }
}
