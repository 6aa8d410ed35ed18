package app.patter.web;

import java.util.UUID;
import java.util.regex.Pattern;

/** Reads ids out of addresses and forms. */
public final class Uuids {

    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Uuids() {}

    /**
     * The id that a text stands for. What is no id gets the same answer as an id that nothing has.
     *
     * @throws ProblemException with status 404 if it is no UUID in its usual form
     */
    public static UUID parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw ProblemException.notFound();
        }
        return UUID.fromString(text);
    }
}
