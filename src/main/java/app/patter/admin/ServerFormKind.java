package app.patter.admin;

import app.patter.web.FormData;
import app.patter.web.FormException;
import java.util.Map;

/** What is special about the form of one kind of server. */
public interface ServerFormKind<E extends StoredServer, F extends ServerForm> {

    /** The page that lists the servers, such as {@code /models}. Their forms are below it, at {@code /servers}. */
    String path();

    String template();

    /** How the form speaks of the secret. */
    SecretField secret();

    /** Names of the fields that only this kind has, as a new form shows them. */
    Map<String, String> empty();

    /** The same fields of a server that there is. */
    Map<String, String> of(E row);

    /** Its address as people type it. */
    default String address(E row) {
        return row.address();
    }

    /** What the template shows beside the fields. */
    Map<String, ?> choices();

    /**
     * Reads the form that was posted.
     *
     * @throws FormException if it cannot be taken
     */
    F read(FormData form);
}
