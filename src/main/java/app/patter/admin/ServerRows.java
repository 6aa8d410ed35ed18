package app.patter.admin;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where the servers of one kind are stored. Within a transaction. */
public interface ServerRows<E extends StoredServer> {

    /** All, in their order. */
    List<E> all();

    Optional<E> find(UUID id);

    void add(E row);

    /** Removes a row with all that belongs to it. */
    void remove(E row);
}
