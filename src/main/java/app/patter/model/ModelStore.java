package app.patter.model;

import app.patter.secret.SecretCipher;
import app.patter.secret.SecretException;
import app.patter.web.FormException;
import app.patter.web.Slugs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what administrators say about servers and models. Each change raises the revision, at which every node looks.
 */
@ApplicationScoped
@Transactional
public class ModelStore {

    private static final int SLUG = 40;

    /** Longest id of a model. */
    private static final int MODEL = 200;

    private static final int MOST_SERVERS = 100;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private SecretCipher cipher;

    /**
     * Everything, as of one revision or a later one.
     *
     * @param revision raised by each change
     */
    record Stored(long revision, Configuration configuration) {}

    /** The number of changes so far. */
    public long revision() {
        Object revision = entities.createNativeQuery("select revision from catalogue where id = 1")
                .getSingleResult();
        return ((Number) revision).longValue();
    }

    /** What there is now, with keys that can be read. */
    Stored read() {
        long revision = revision(); // before the rest, which may be newer, but never older
        List<ServerConfig> servers = servers().stream().map(this::server).toList();
        List<ModelSettings> settings = entities.createNamedQuery(ModelSettings.ALL, ModelSettings.class)
                .getResultList();
        return new Stored(
                revision,
                new Configuration(
                        servers,
                        settings.stream()
                                .sorted(Comparator.comparing(
                                        ModelSettings::place, Comparator.nullsLast(Comparator.naturalOrder())))
                                .map(ModelSettings::config)
                                .toList()));
    }

    private ServerConfig server(ModelServer row) {
        String sealed = row.secret();
        String key = null;
        String trouble = "";
        if (sealed != null) {
            try {
                key = cipher.open(sealed, row.context());
            } catch (SecretException e) {
                trouble = e.message();
            }
        }
        return new ServerConfig(
                row.slug(),
                row.name(),
                row.dialect(),
                URI.create(row.address()),
                key,
                trouble,
                row.hidden(),
                row.chosenOnly());
    }

    /** The added servers, in their order. */
    public List<ModelServer> servers() {
        return entities.createNamedQuery(ModelServer.ALL, ModelServer.class).getResultList();
    }

    /** The added server, if there is one. */
    public Optional<ModelServer> server(UUID id) {
        return Optional.ofNullable(entities.find(ModelServer.class, id));
    }

    /**
     * Adds a server, at the end.
     *
     * @throws FormException if there is one with this name already, or there are too many
     * @throws SecretException if its key cannot be kept safe
     */
    void add(ServerForm form) {
        raise();
        List<ModelServer> all = servers();
        if (all.size() >= MOST_SERVERS) {
            throw new FormException("There are " + MOST_SERVERS + " servers already. Remove one first.");
        }
        refuseTwin(all, form.name(), null);
        UUID id = UUID.randomUUID();
        int place = all.stream().mapToInt(ModelServer::place).max().orElse(0) + 1;
        String secret = form.key().isEmpty() ? null : cipher.seal(form.key(), ModelServer.context(id, form.address()));
        entities.persist(
                new ModelServer(id, slug(form.name(), all), place, form, secret, OffsetDateTime.now(ZoneOffset.UTC)));
    }

    private static void refuseTwin(List<ModelServer> all, String name, @Nullable UUID self) {
        if (all.stream()
                .anyMatch(other -> !other.id().equals(self) && other.name().equals(name))) {
            throw new FormException("There is a server with this name already. Choose another.");
        }
    }

    /** The name in letters that need no care in addresses, made different from all others by a number. */
    private static String slug(String name, List<ModelServer> all) {
        Set<String> taken = all.stream().map(ModelServer::slug).collect(Collectors.toSet());
        taken.addAll(ModelServerFactory.RESERVED);
        return Slugs.of(name, SLUG - 4, "server", taken);
    }

    /**
     * Changes a server. A key that is stored is for its address only: whoever changes that has to know the key.
     *
     * @throws FormException if the key has to be given again, or there is another server with this name
     * @throws SecretException if its key cannot be kept safe
     */
    void change(UUID id, ServerForm form) {
        raise();
        ModelServer row = existing(id);
        refuseTwin(servers(), form.name(), id);
        String secret = row.secret();
        if (!form.key().isEmpty()) {
            secret = cipher.seal(form.key(), ModelServer.context(id, form.address()));
        } else if (form.withoutKey()) {
            secret = null;
        } else if (secret != null && !row.address().equals(form.address())) {
            throw new FormException("Give the key again: the stored one is for " + row.address()
                    + " and is never sent to another address. Or say that the server needs none.");
        }
        row.change(form, secret);
    }

    private ModelServer existing(UUID id) {
        return server(id).orElseThrow(() -> new FormException("This server was removed meanwhile."));
    }

    /** Removes a server and what was said about its models; does nothing if there is none. */
    void remove(UUID id) {
        raise();
        server(id).ifPresent(row -> {
            ofServer(row.slug()).forEach(entities::remove);
            entities.flush();
            entities.remove(row);
        });
    }

    /** Lets a server change places with the one before it. */
    void moveUp(UUID id) {
        raise();
        List<ModelServer> order = new ArrayList<>(servers());
        for (int at = 1; at < order.size(); at++) {
            if (order.get(at).id().equals(id)) {
                Collections.swap(order, at, at - 1);
                break;
            }
        }
        for (int at = 0; at < order.size(); at++) {
            order.get(at).move(at + 1);
        }
    }

    /** What was said about a model, if anything. */
    public Optional<ModelSettings> model(String id) {
        int slash = id.indexOf('/');
        return entities.createNamedQuery(ModelSettings.NAMED, ModelSettings.class)
                .setParameter("server", id.substring(0, Math.max(0, slash)))
                .setParameter("name", id.substring(slash + 1))
                .getResultStream()
                .findFirst();
    }

    private List<ModelSettings> ofServer(String server) {
        return entities.createNamedQuery(ModelSettings.OF_SERVER, ModelSettings.class)
                .setParameter("server", server)
                .getResultList();
    }

    /**
     * Sets what is said about a model.
     *
     * @param offered whether people can choose it, which stays so
     * @throws FormException if its name cannot be one
     */
    void tune(String id, ModelForm form, boolean offered) {
        raise();
        ModelSettings row = row(id);
        row.change(form);
        row.hide(!offered);
    }

    /**
     * Offers a model or hides it.
     *
     * @throws FormException if its name cannot be one
     */
    void offer(String id, boolean offered) {
        raise();
        row(id).hide(!offered);
    }

    /** Forgets what was said about a model. */
    void forget(String id) {
        raise();
        model(id).ifPresent(entities::remove);
    }

    /**
     * Lets a model change places with the one before it. All before it have a fixed place from then on.
     *
     * @param order ids of the models of its server that are offered, as they stand now
     */
    void moveUp(String id, List<String> order) {
        raise();
        int from = order.indexOf(id);
        if (from < 1) {
            return;
        }
        List<String> now = new ArrayList<>(order);
        Collections.swap(now, from, from - 1);
        Map<String, ModelSettings> rows = new HashMap<>();
        ofServer(id.substring(0, id.indexOf('/'))).forEach(row -> rows.put(row.model(), row));
        int last = from - 1;
        for (int at = last; at < now.size(); at++) {
            ModelSettings row = rows.get(now.get(at));
            last = row != null && row.place() != null ? at : last;
        }
        for (int at = 0; at <= last; at++) {
            ModelSettings row = rows.get(now.get(at));
            (row == null ? row(now.get(at)) : row).pin(at);
        }
    }

    /** The row of a model, made if there is none. */
    private ModelSettings row(String id) {
        return model(id).orElseGet(() -> {
            int slash = id.indexOf('/');
            String name = id.substring(slash + 1);
            if (slash < 1 || name.isBlank() || id.length() > MODEL) {
                throw new FormException(
                        "The model's name on its server has to have 1 to " + (MODEL - slash - 1) + " characters.");
            }
            String server = id.substring(0, slash);
            boolean added = servers().stream().anyMatch(row -> row.slug().equals(server));
            ModelSettings fresh = new ModelSettings(UUID.randomUUID(), server, added, name);
            entities.persist(fresh);
            return fresh;
        });
    }

    private void raise() {
        entities.createNativeQuery("update catalogue set revision = revision + 1 where id = 1")
                .executeUpdate();
    }
}
