package app.patter.admin;

import app.patter.text.BaseText;
import app.patter.web.FormData;
import app.patter.web.Slugs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** All that a third kind of server says about itself. */
final class WebhookKind implements ServerKind<Webhook, WebhookForm>, ServerFormKind<Webhook, WebhookForm> {

    static final SecretField TOKEN =
            new SecretField("token", BaseText.OTHER.with("Type the token again."), BaseText.OTHER);

    @Override
    public int most() {
        return 3;
    }

    @Override
    public String slug(String name, Set<String> taken) {
        return Slugs.of(name, 20, "hook", taken);
    }

    @Override
    public String secretContext(UUID id, String address) {
        return "hook " + id + " " + address;
    }

    @Override
    public SecretField secret() {
        return TOKEN;
    }

    @Override
    public Webhook create(List<Webhook> others) {
        return new Webhook();
    }

    @Override
    public void change(Webhook row, WebhookForm form) {
        row.change(form);
    }

    @Override
    public String path() {
        return "/hooks";
    }

    @Override
    public String template() {
        return "hook";
    }

    @Override
    public Map<String, String> empty() {
        return Map.of("event", "done");
    }

    @Override
    public Map<String, String> of(Webhook row) {
        return Map.of("event", row.event());
    }

    @Override
    public Map<String, ?> choices() {
        return Map.of("events", List.of("done", "failed"));
    }

    @Override
    public WebhookForm read(FormData form) {
        return WebhookForm.of(form);
    }
}
