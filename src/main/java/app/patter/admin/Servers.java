package app.patter.admin;

import app.patter.secret.SecretCipher;
import app.patter.secret.SecretException;
import app.patter.text.CodedText;
import app.patter.web.FormException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The servers of one kind, with what holds for each kind: names are unique, secrets are sealed for their address. */
public final class Servers<E extends StoredServer, F extends ServerForm> implements ServerStore<E, F> {

    private final ServerKind<E, F> kind;
    private final ServerRows<E> rows;
    private final SecretCipher cipher;
    private final Runnable raise;

    /** @param raise called before each change, which waits for those of others and lets every node know */
    public Servers(ServerKind<E, F> kind, ServerRows<E> rows, SecretCipher cipher, Runnable raise) {
        this.kind = kind;
        this.rows = rows;
        this.cipher = cipher;
        this.raise = raise;
    }

    /** All, in their order. */
    public List<E> all() {
        return rows.all();
    }

    @Override
    public Optional<E> server(UUID id) {
        return rows.find(id);
    }

    @Override
    public void add(F form) {
        raise.run();
        List<E> all = rows.all();
        if (all.size() >= kind.most()) {
            throw new FormException(FormText.TOO_MANY_SERVERS.with(kind.most()));
        }
        ServerFields fields = form.server();
        refuseTwin(all, fields.name(), null);
        UUID id = UUID.randomUUID();
        Set<String> taken = all.stream().map(StoredServer::slug).collect(Collectors.toSet());
        E row = kind.create(all);
        row.begin(id, kind.slug(fields.name(), taken), OffsetDateTime.now(ZoneOffset.UTC));
        row.change(fields, fields.secret().isEmpty() ? null : sealed(id, fields));
        kind.change(row, form);
        rows.add(row);
    }

    @Override
    public void change(UUID id, F form) {
        raise.run();
        E row = rows.find(id).orElseThrow(() -> new FormException(FormText.SERVER_REMOVED.with()));
        ServerFields fields = form.server();
        refuseTwin(rows.all(), fields.name(), id);
        String sealed = row.secret();
        if (!fields.secret().isEmpty()) {
            sealed = sealed(id, fields);
        } else if (fields.withoutSecret()) {
            sealed = null;
        } else if (sealed != null && !row.address().equals(fields.address())) {
            throw new FormException(kind.secret().giveAgain().with(row.address()));
        }
        row.change(fields, sealed);
        kind.change(row, form);
    }

    @Override
    public void remove(UUID id) {
        raise.run();
        rows.find(id).ifPresent(rows::remove);
    }

    private String sealed(UUID id, ServerFields fields) {
        return cipher.seal(fields.secret(), kind.secretContext(id, fields.address()));
    }

    private void refuseTwin(List<E> all, String name, @Nullable UUID self) {
        if (all.stream()
                .anyMatch(other -> !other.id().equals(self) && other.name().equals(name))) {
            throw new FormException(FormText.SERVER_NAME_TAKEN.with());
        }
    }

    /** The secret of a server, or why it cannot be read. */
    public Secret secret(E row) {
        String sealed = row.secret();
        if (sealed == null) {
            return new Secret(null, null);
        }
        try {
            return new Secret(cipher.open(sealed, kind.secretContext(row.id(), row.address())), null);
        } catch (SecretException e) {
            return new Secret(null, e.text());
        }
    }

    /**
     * A secret that can be used.
     *
     * @param text null if there is none, or if it cannot be read
     * @param trouble why it cannot be read, for people; null if nothing is wrong
     */
    public record Secret(@Nullable String text, @Nullable CodedText trouble) {

        /** Without the secret, which must not get into a log. */
        @Override
        public String toString() {
            return "Secret[" + (trouble == null ? "" : trouble.code()) + "]";
        }
    }
}
