package app.patter.model;

import app.patter.admin.FieldChecks;
import app.patter.admin.ServerFields;
import app.patter.admin.ServerForm;
import app.patter.config.BaseAddress;
import app.patter.web.FormData;
import app.patter.web.FormException;

/**
 * What an administrator says about a model server, checked.
 *
 * @param server its address has a slash at its end
 * @param chosenOnly whether only models are offered that are chosen one by one, and not all that it lists
 */
record ModelServerForm(ServerFields server, String dialect, boolean chosenOnly) implements ServerForm {

    private static final int ADDRESS = 500;
    private static final int LONGEST_KEY = 2_000;

    /**
     * Reads the form that was posted.
     *
     * @throws FormException if it cannot be taken
     */
    static ModelServerForm of(FormData form) {
        return new ModelServerForm(
                ServerFields.of(
                        form,
                        ModelServerFormKind.KEY,
                        address ->
                                FieldChecks.webAddress(address, ADDRESS, "https://api.openai.com/v1", BaseAddress::of),
                        key -> FieldChecks.key(key, LONGEST_KEY)),
                dialect(form.text("dialect")),
                form.text("offers").equals("chosen"));
    }

    private static String dialect(String dialect) {
        if (!DialectLabels.all().containsKey(dialect)) {
            throw new FormException(
                    ModelText.DIALECT.with(String.join(", ", DialectLabels.all().keySet())));
        }
        return dialect;
    }
}
