package app.patter.admin;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What is special about the rows of one kind of server. */
public interface ServerKind<E extends StoredServer, F extends ServerForm> {

    /** Most servers that there may be. */
    int most();

    /** The name in letters that need no care in addresses and names, made different from all that are taken. */
    String slug(String name, Set<String> taken);

    /** What a secret belongs to, so that it cannot be read for another server or another address. */
    String secretContext(UUID id, String address);

    /** How its forms speak of the secret. */
    SecretField secret();

    /** A row that says nothing yet, to stand after the others. */
    E create(List<E> others);

    /** Changes what only this kind has. */
    void change(E row, F form);
}
