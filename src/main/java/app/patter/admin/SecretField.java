package app.patter.admin;

/**
 * The field of a secret, and how its form speaks of it.
 *
 * @param name of the field
 * @param lost said when the form is shown again, which never holds a secret
 * @param giveAgain said before the address for which the stored secret is, when the address changes without the secret
 * @param notSent said after that address
 */
public record SecretField(String name, String lost, String giveAgain, String notSent) {

    /** Name of the box by which the stored secret is forgotten. */
    String forget() {
        return "no" + name;
    }
}
