package app.patter.admin;

import app.patter.text.BaseText;
import app.patter.web.FormData;
import app.patter.web.FormException;
import java.net.URI;

/** The form of a third kind of server, with one field of its own. */
record WebhookForm(ServerFields server, String event) implements ServerForm {

    static WebhookForm of(FormData form) {
        String event = form.text("event");
        if (event.isEmpty()) {
            throw new FormException(BaseText.OTHER.with("Name the event."));
        }
        return new WebhookForm(
                ServerFields.of(
                        form,
                        WebhookKind.TOKEN,
                        address -> FieldChecks.webAddress(address, 60, "https://example.com/hook", URI::new),
                        token -> FieldChecks.key(token, 20)),
                event);
    }
}
