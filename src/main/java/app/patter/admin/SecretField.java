package app.patter.admin;

import app.patter.text.CodedText;
import app.patter.text.TextCode;

/**
 * The field of a secret, and how its form speaks of it.
 *
 * @param name of the field
 * @param lost said when the form is shown again, which never holds a secret
 * @param giveAgain said when the address changes without the secret; takes the address for which the stored one is
 */
public record SecretField(String name, CodedText lost, TextCode giveAgain) {

    /** Name of the box by which the stored secret is forgotten. */
    String forget() {
        return "no" + name;
    }
}
