package app.patter.admin;

import jakarta.persistence.EntityManager;

/**
 * The number of changes to what administrators say about one kind of thing; every node looks at it to see whether
 * somebody has changed anything.
 */
public final class ConfigurationRevision {

    private final EntityManager entities;
    private final int row;

    /** @param row id of the row that counts the changes */
    public ConfigurationRevision(EntityManager entities, int row) {
        this.entities = entities;
        this.row = row;
    }

    /** The number of changes so far. To be read before what it counts, which may be newer then, but never older. */
    public long current() {
        return ((Number) entities.createNativeQuery("select revision from catalogue where id = ?1")
                        .setParameter(1, row)
                        .getSingleResult())
                .longValue();
    }

    /** Before each change: waits until the changes of others are committed. */
    public void raise() {
        entities.createNativeQuery("update catalogue set revision = revision + 1 where id = ?1")
                .setParameter(1, row)
                .executeUpdate();
    }
}
