package app.patter.tool;

import app.patter.secret.SecretCipher;
import app.patter.secret.SecretException;
import app.patter.web.FormException;
import app.patter.web.Slugs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keeps what administrators say about tools. Each change raises the revision, at which every node looks. */
@ApplicationScoped
@Transactional
class ToolStore {

    private static final int SLUG = 20;
    private static final int MOST_SERVERS = 50;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private SecretCipher cipher;

    /** Everything, as of one revision or a later one. */
    record Stored(long revision, List<ToolServer> servers, Map<String, Permission> choices) {}

    /** The number of changes so far. */
    long revision() {
        return ((Number) entities.createNativeQuery("select revision from catalogue where id = 2")
                        .getSingleResult())
                .longValue();
    }

    /** What there is now, with secrets that can be read. */
    Stored read() {
        long revision = revision(); // before the rest, which may be newer, but never older
        Map<String, Permission> choices = new HashMap<>();
        entities.createNamedQuery(ToolChoice.ALL, ToolChoice.class)
                .getResultList()
                .forEach(choice -> choices.put(choice.key(), choice.permission()));
        return new Stored(revision, servers().stream().map(this::described).toList(), choices);
    }

    private ToolServer described(StoredToolServer row) {
        String sealed = row.secret();
        String secret = null;
        String trouble = "";
        if (sealed != null) {
            try {
                secret = cipher.open(sealed, row.context());
            } catch (SecretException e) {
                trouble = e.message();
            }
        }
        return new ToolServer(
                row.slug(), row.name(), row.kind(), row.address(), secret, trouble, row.permission(), row.hidden());
    }

    /** The added servers, by name. */
    List<StoredToolServer> servers() {
        return entities.createNamedQuery(StoredToolServer.ALL, StoredToolServer.class)
                .getResultList();
    }

    /** The added server, if there is one. */
    Optional<StoredToolServer> server(UUID id) {
        return Optional.ofNullable(entities.find(StoredToolServer.class, id));
    }

    /**
     * Adds a server.
     *
     * @throws FormException if there is one with this name already, or there are too many
     * @throws SecretException if its secret cannot be kept safe
     */
    void add(ToolServerForm form) {
        raise();
        List<StoredToolServer> all = servers();
        if (all.size() >= MOST_SERVERS) {
            throw new FormException("There are " + MOST_SERVERS + " servers already. Remove one first.");
        }
        refuseTwin(all, form.name(), null);
        UUID id = UUID.randomUUID();
        String secret = form.secret().isEmpty()
                ? null
                : cipher.seal(form.secret(), StoredToolServer.context(id, form.address()));
        entities.persist(
                new StoredToolServer(id, slug(form.name(), all), form, secret, OffsetDateTime.now(ZoneOffset.UTC)));
    }

    private static void refuseTwin(List<StoredToolServer> all, String name, @Nullable UUID self) {
        if (all.stream()
                .anyMatch(other -> !other.id().equals(self) && other.name().equals(name))) {
            throw new FormException("There is a server with this name already. Choose another.");
        }
    }

    private static String slug(String name, List<StoredToolServer> all) {
        Set<String> taken = all.stream().map(StoredToolServer::slug).collect(Collectors.toSet());
        taken.add(ToolRegistry.BUILT_IN);
        return Slugs.of(name, SLUG, "tools", taken);
    }

    /**
     * Changes a server. A secret that is stored is for its address only: whoever changes that has to know it.
     *
     * @throws FormException if the secret has to be given again, or there is another server with this name
     * @throws SecretException if its secret cannot be kept safe
     */
    void change(UUID id, ToolServerForm form) {
        raise();
        StoredToolServer row = server(id).orElseThrow(() -> new FormException("This server was removed meanwhile."));
        refuseTwin(servers(), form.name(), id);
        String secret = row.secret();
        if (!form.secret().isEmpty()) {
            secret = cipher.seal(form.secret(), StoredToolServer.context(id, form.address()));
        } else if (form.without()) {
            secret = null;
        } else if (secret != null && !row.address().equals(form.address())) {
            throw new FormException("Give the secret again: the stored one is for " + row.address()
                    + " and is never used for another. Or say that none is needed.");
        }
        row.change(form, secret);
    }

    /** Removes a server and what was said about its tools; does nothing if there is none. */
    void remove(UUID id) {
        raise();
        server(id).ifPresent(entities::remove);
    }

    /** Says whether a tool may be called. */
    void permit(String source, String tool, Permission permission) {
        raise();
        Optional<ToolChoice> known = entities.createNamedQuery(ToolChoice.NAMED, ToolChoice.class)
                .setParameter("source", source)
                .setParameter("tool", tool)
                .getResultStream()
                .findFirst();
        known.ifPresentOrElse(
                choice -> choice.permit(permission),
                () -> entities.persist(new ToolChoice(UUID.randomUUID(), source, tool, permission)));
    }

    private void raise() {
        entities.createNativeQuery("update catalogue set revision = revision + 1 where id = 2")
                .executeUpdate();
    }
}
