package app.patter.admin;

import app.patter.web.FormData;
import app.patter.web.FormException;
import java.util.function.UnaryOperator;

/**
 * What is asked about servers of every kind, checked.
 *
 * @param secret empty to leave it as it is
 * @param withoutSecret whether the stored secret is to be forgotten
 * @param hidden whether nothing of it is offered
 */
public record ServerFields(String name, String address, String secret, boolean withoutSecret, boolean hidden) {

    static final String NAME = "name";
    static final String ADDRESS = "address";
    static final String HIDDEN = "hidden";

    private static final int LONGEST_NAME = 100;
    private static final String YES = "yes";

    /**
     * Reads them from the form that was posted.
     *
     * @param field of the secret
     * @param address checks an address without blanks around it, and gives what is stored
     * @param secret the same for a secret
     * @throws FormException if they cannot be taken
     */
    public static ServerFields of(
            FormData form, SecretField field, UnaryOperator<String> address, UnaryOperator<String> secret) {
        String name = form.text(NAME).strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new FormException(FormText.SERVER_NAME.with(LONGEST_NAME));
        }
        return new ServerFields(
                name,
                address.apply(form.text(ADDRESS).strip()),
                secret.apply(form.text(field.name()).strip()),
                form.text(field.forget()).equals(YES),
                form.text(HIDDEN).equals(YES));
    }

    /** As the box posts it. */
    static String hidden(boolean hidden) {
        return hidden ? YES : "";
    }

    /** Without the secret, which must not get into a log. */
    @Override
    public String toString() {
        return "ServerFields[" + name + "]";
    }
}
