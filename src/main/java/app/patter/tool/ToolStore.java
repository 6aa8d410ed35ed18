package app.patter.tool;

import app.patter.admin.ConfigurationRevision;
import app.patter.admin.JpaServerRows;
import app.patter.admin.LiveCopy;
import app.patter.admin.ServerStore;
import app.patter.admin.Servers;
import app.patter.secret.SecretCipher;
import app.patter.text.Messages;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Keeps what administrators say about tools. Each change raises the revision, at which every node looks. */
@ApplicationScoped
@Transactional
class ToolStore implements ServerStore<StoredToolServer, ToolServerForm> {

    /** The row that counts changes to tools and their servers. */
    private static final int REVISION = 2;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private SecretCipher cipher;

    private ConfigurationRevision revision;
    private Servers<StoredToolServer, ToolServerForm> servers;

    /** What administrators say about tools, with secrets that can be read. */
    record Described(List<ToolServer> servers, Map<String, ToolChoice.Said> choices) {}

    @PostConstruct
    void start() {
        revision = new ConfigurationRevision(entities, REVISION);
        servers = new Servers<>(
                new ToolServerKind(),
                new JpaServerRows<>(entities, StoredToolServer.class, StoredToolServer.ALL, row -> {}),
                cipher,
                revision::raise);
    }

    /** The number of changes so far. */
    long revision() {
        return revision.current();
    }

    /** What there is now. */
    LiveCopy.Stored<Described> read() {
        long before = revision.current();
        Map<String, ToolChoice.Said> choices = new HashMap<>();
        entities.createNamedQuery(ToolChoice.ALL, ToolChoice.class)
                .getResultList()
                .forEach(choice -> choices.put(choice.key(), choice.said()));
        return new LiveCopy.Stored<>(
                before, new Described(servers().stream().map(this::described).toList(), choices));
    }

    private ToolServer described(StoredToolServer row) {
        Servers.Secret secret = servers.secret(row);
        return new ToolServer(
                row.slug(),
                row.name(),
                row.kind(),
                row.address(),
                secret.text(),
                Messages.english().words(secret.trouble()),
                row.permission(),
                row.hidden());
    }

    /** The added servers, by name. */
    List<StoredToolServer> servers() {
        return servers.all();
    }

    @Override
    public Optional<StoredToolServer> server(UUID id) {
        return servers.server(id);
    }

    @Override
    public void add(ToolServerForm form) {
        servers.add(form);
    }

    @Override
    public void change(UUID id, ToolServerForm form) {
        servers.change(id, form);
    }

    @Override
    public void remove(UUID id) {
        servers.remove(id);
    }

    /** Says whether a tool may be called. */
    void permit(String source, String tool, ToolChoice.Said said) {
        revision.raise();
        Optional<ToolChoice> known = entities.createNamedQuery(ToolChoice.NAMED, ToolChoice.class)
                .setParameter("source", source)
                .setParameter("tool", tool)
                .getResultStream()
                .findFirst();
        known.ifPresentOrElse(
                choice -> choice.say(said),
                () -> entities.persist(new ToolChoice(UUID.randomUUID(), source, tool, said)));
    }
}
