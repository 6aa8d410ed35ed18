package app.patter.admin;

import app.patter.config.Settings;
import app.patter.secret.SecretCipher;
import app.patter.web.FormData;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Servers of a third kind, in memory; counts the changes. */
final class Webhooks implements ServerRows<Webhook> {

    private final List<Webhook> rows = new ArrayList<>();
    private int revision;

    final Servers<Webhook, WebhookForm> servers = new Servers<>(
            new WebhookKind(),
            this,
            new SecretCipher(new Settings(Map.of("PATTER_SECRET_KEY", "x".repeat(40))::get, name -> null)),
            () -> revision++);

    /** The number of changes that were tried. */
    int revision() {
        return revision;
    }

    /** A form as it is posted, from names and values. */
    static FormData form(String... fields) {
        FormData form = new FormData();
        List<String> pairs = new ArrayList<>();
        for (int at = 0; at < fields.length; at += 2) {
            pairs.add(fields[at] + "=" + URLEncoder.encode(fields[at + 1], StandardCharsets.UTF_8));
        }
        form.read(pairs.stream().collect(Collectors.joining("&")).getBytes(StandardCharsets.UTF_8));
        return form;
    }

    @Override
    public List<Webhook> all() {
        return List.copyOf(rows);
    }

    @Override
    public Optional<Webhook> find(UUID id) {
        return rows.stream().filter(row -> row.id().equals(id)).findFirst();
    }

    @Override
    public void add(Webhook row) {
        rows.add(row);
    }

    @Override
    public void remove(Webhook row) {
        rows.remove(row);
    }
}
