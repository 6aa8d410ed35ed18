package app.patter.admin;

import app.patter.secret.SecretException;
import app.patter.web.FormException;
import java.util.Optional;
import java.util.UUID;

/** Keeps the servers of one kind. */
public interface ServerStore<E extends StoredServer, F extends ServerForm> {

    Optional<E> server(UUID id);

    /**
     * Adds a server.
     *
     * @throws FormException if there is one with this name already, or there are too many
     * @throws SecretException if its secret cannot be kept safe
     */
    void add(F form);

    /**
     * Changes a server. A secret that is stored is for its address only: whoever changes that has to know the secret.
     *
     * @throws FormException if the secret has to be given again, the server is gone, or another one has this name
     * @throws SecretException if its secret cannot be kept safe
     */
    void change(UUID id, F form);

    /** Removes a server and what was said about it; does nothing if there is none. */
    void remove(UUID id);
}
