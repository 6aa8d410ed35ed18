package app.patter.model;

import app.patter.admin.ConfigurationRevision;
import app.patter.admin.JpaServerRows;
import app.patter.admin.LiveCopy;
import app.patter.admin.ServerStore;
import app.patter.admin.Servers;
import app.patter.secret.SecretCipher;
import app.patter.web.FormException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps what administrators say about servers and models. Each change raises the revision, at which every node looks.
 */
@ApplicationScoped
@Transactional
public class ModelStore implements ServerStore<ModelServer, ModelServerForm> {

    /** The row that counts changes to servers and models. */
    private static final int REVISION = 1;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private SecretCipher cipher;

    private ConfigurationRevision revision;
    private Servers<ModelServer, ModelServerForm> servers;

    @PostConstruct
    void start() {
        revision = new ConfigurationRevision(entities, REVISION);
        servers = new Servers<>(
                new ModelServerKind(),
                new JpaServerRows<>(entities, ModelServer.class, ModelServer.ALL, this::removeModels),
                cipher,
                revision::raise);
    }

    private void removeModels(ModelServer server) {
        ofServer(server.slug()).forEach(entities::remove);
        entities.flush();
    }

    /** The number of changes so far. */
    public long revision() {
        return revision.current();
    }

    /** What there is now, with keys that can be read. */
    LiveCopy.Stored<Configuration> read() {
        long before = revision.current();
        List<ServerConfig> configs = servers().stream().map(this::config).toList();
        List<ModelSettings> settings = entities.createNamedQuery(ModelSettings.ALL, ModelSettings.class)
                .getResultList();
        return new LiveCopy.Stored<>(
                before,
                new Configuration(
                        configs,
                        settings.stream()
                                .sorted(Comparator.comparing(
                                        ModelSettings::place, Comparator.nullsLast(Comparator.naturalOrder())))
                                .map(ModelSettings::config)
                                .toList()));
    }

    private ServerConfig config(ModelServer row) {
        Servers.Secret key = servers.secret(row);
        return new ServerConfig(
                row.slug(),
                row.name(),
                row.dialect(),
                URI.create(row.address()),
                key.text(),
                key.trouble(),
                row.hidden(),
                row.chosenOnly());
    }

    /** The added servers, in their order. */
    public List<ModelServer> servers() {
        return servers.all();
    }

    @Override
    public Optional<ModelServer> server(UUID id) {
        return servers.server(id);
    }

    @Override
    public void add(ModelServerForm form) {
        servers.add(form);
    }

    @Override
    public void change(UUID id, ModelServerForm form) {
        servers.change(id, form);
    }

    @Override
    public void remove(UUID id) {
        servers.remove(id);
    }

    /** Lets a server change places with the one before it. */
    void moveUp(UUID id) {
        revision.raise();
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
        ModelId model = ModelId.of(id);
        return entities.createNamedQuery(ModelSettings.NAMED, ModelSettings.class)
                .setParameter("server", model.server())
                .setParameter("name", model.name())
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
        revision.raise();
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
        revision.raise();
        row(id).hide(!offered);
    }

    /** Forgets what was said about a model. */
    void forget(String id) {
        revision.raise();
        model(id).ifPresent(entities::remove);
    }

    /**
     * Lets a model change places with the one before it. All before it have a fixed place from then on.
     *
     * @param order ids of the models of its server that are offered, as they stand now
     */
    void moveUp(String id, List<String> order) {
        revision.raise();
        int from = order.indexOf(id);
        if (from < 1) {
            return;
        }
        List<String> now = new ArrayList<>(order);
        Collections.swap(now, from, from - 1);
        Map<String, ModelSettings> rows = new HashMap<>();
        ofServer(ModelId.of(id).server()).forEach(row -> rows.put(row.model(), row));
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
            ModelId model = ModelId.of(id);
            if (model.server().isEmpty() || model.name().isBlank() || id.length() > ModelId.LONGEST) {
                int room = ModelId.LONGEST - model.server().length() - 1;
                throw new FormException(ModelText.NAME_ON_SERVER.with(room));
            }
            boolean added = servers().stream().anyMatch(row -> row.slug().equals(model.server()));
            ModelSettings fresh = new ModelSettings(UUID.randomUUID(), model.server(), added, model.name());
            entities.persist(fresh);
            return fresh;
        });
    }
}
