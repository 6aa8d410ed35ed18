package app.patter.conversation;

import app.patter.account.Account;
import app.patter.account.AccountDeleted;
import app.patter.text.Graphemes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Begins, lists, names and deletes conversations; {@link MessageStore} changes what is in them. */
@ApplicationScoped
@Transactional
public class Conversations {

    static final String UNTITLED = "New conversation";

    private static final int TITLE = 60;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Revisions revisions;

    @Inject
    private AccessControl accessControl;

    /** Makes this bean when Patter starts: Payara leaves the entity manager out of one that is made on a thread of ours. */
    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {}

    /** The account's own conversations, last used first. */
    public List<Conversation> of(UUID account, int most) {
        return entities.createNamedQuery(Conversation.OF_OWNER, Conversation.class)
                .setParameter("owner", account)
                .setMaxResults(most)
                .getResultList();
    }

    /** Those that stand behind a place in that list. */
    public List<Conversation> of(UUID account, ListPosition behind, int most) {
        return entities.createNamedQuery(Conversation.OF_OWNER_AFTER, Conversation.class)
                .setParameter("owner", account)
                .setParameter("updated", behind.updated())
                .setParameter("id", behind.id())
                .setMaxResults(most)
                .getResultList();
    }

    /** Ids of the account's own conversations in which answers are being written, on whatever node. */
    public List<UUID> running(UUID account) {
        return entities.createNamedQuery(Message.RUNNING, UUID.class)
                .setParameter("owner", account)
                .setParameter("active", MessageState.ACTIVE)
                .getResultList();
    }

    /**
     * A conversation without its messages, in one statement together with the check.
     *
     * @throws UnknownConversationException if it does not exist, or the account may not read it
     */
    public Conversation read(UUID account, UUID id) {
        accessControl.open(account, id, Permission.READ);
        return entities.find(Conversation.class, id); // in the persistence context by now
    }

    /**
     * Makes an empty conversation. There can be no access to it before; this gives it.
     *
     * @param title if blank, the first message gives it one
     * @throws UnknownConversationException if there is one already with this id that the account may not write
     */
    public Created create(UUID account, UUID id, String title) {
        // The same form twice at once: the second waits here, and then finds what the first has made.
        entities.find(Account.class, account, LockModeType.PESSIMISTIC_WRITE);
        Conversation existing = entities.find(Conversation.class, id);
        if (existing != null) {
            return new Created(accessControl.open(account, existing, Permission.WRITE), false);
        }
        Conversation created = new Conversation(
                id, account, title.isBlank() ? UNTITLED : title(title), OffsetDateTime.now(ZoneOffset.UTC));
        entities.persist(created);
        return new Created(accessControl.open(account, created, Permission.WRITE), true);
    }

    /**
     * A conversation that is there now.
     *
     * @param isNew whether it was not there before
     */
    public record Created(Access access, boolean isNew) {}

    /** Gives a conversation another title, unless it has got one meanwhile. */
    public void name(Access access, String before, String title) {
        access.requireWrite();
        if (revisions.raise(List.of(access.conversation())).isEmpty()) {
            return;
        }
        entities.createNamedQuery(Conversation.NAME)
                .setParameter("id", access.conversation())
                .setParameter("untitled", before)
                .setParameter("title", title)
                .executeUpdate();
    }

    /** An account is about to be deleted: its conversations go with it, unless somebody gets them. */
    void given(@Observes AccountDeleted event) {
        if (event.heir() != null) {
            entities.createNamedQuery(Conversation.GIVE)
                    .setParameter("owner", event.account())
                    .setParameter("heir", event.heir())
                    .executeUpdate();
        }
    }

    /** Deletes the conversation and everything in it. */
    public void delete(Access access) {
        revisions.raise(access);
        entities.remove(entities.getReference(Conversation.class, access.conversation()));
    }

    /** The first words of a text, which are a conversation's title until it gets another. */
    public static String title(String text) {
        String line = text.strip().lines().findFirst().orElse("").strip();
        if (line.codePointCount(0, line.length()) <= TITLE) {
            return line;
        }
        String cut = Graphemes.beginning(line, TITLE);
        int blank = cut.lastIndexOf(' ');
        return (blank > TITLE / 2 ? cut.substring(0, blank) : cut) + "…";
    }
}
