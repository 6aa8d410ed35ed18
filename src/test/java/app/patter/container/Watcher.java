package app.patter.container;

import app.patter.cluster.Signal;
import app.patter.conversation.Access;
import app.patter.conversation.AccessControl;
import app.patter.conversation.AnswerEnded;
import app.patter.conversation.MessageState;
import app.patter.conversation.Permission;
import app.patter.conversation.Segment;
import app.patter.conversation.Transcript;
import app.patter.conversation.Transcripts;
import app.patter.conversation.View;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Hears what readers hear, and looks into the database as another transaction sees it. */
@ApplicationScoped
public class Watcher {

    private static final long PATIENCE = 180_000_000_000L;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Transcripts transcripts;

    private final Map<UUID, ConcurrentLinkedQueue<Long>> heard = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<AnswerEnded> ended = new ConcurrentLinkedQueue<>();

    void advanced(@Observes Signal.ConversationAdvanced signal) {
        heard.computeIfAbsent(signal.conversation(), id -> new ConcurrentLinkedQueue<>())
                .add(signal.revision());
    }

    void ended(@Observes AnswerEnded event) {
        ended.add(event);
    }

    /** How an answer ended, as observers were told. */
    public List<MessageState> ends(UUID message) {
        return ended.stream()
                .filter(event -> event.message().equals(message))
                .map(AnswerEnded::state)
                .toList();
    }

    /** The revisions that readers of a conversation were told of, in order. */
    public List<Long> heard(UUID conversation) {
        return List.copyOf(heard.getOrDefault(conversation, new ConcurrentLinkedQueue<>()));
    }

    /** What the owner of a conversation may do with it. */
    public Access access(UUID owner, UUID conversation) {
        return accessControl.open(owner, conversation, Permission.WRITE);
    }

    /** What a view shows. */
    public Transcript read(UUID owner, UUID conversation, View view) {
        return transcripts.read(access(owner, conversation), view).orElseThrow();
    }

    /** The last message of the newest branch. */
    public Transcript.Entry last(UUID owner, UUID conversation) {
        List<Transcript.Entry> entries = read(owner, conversation, View.NEWEST).entries();
        return entries.get(entries.size() - 1);
    }

    /** All text of a message, whatever its kind. */
    public static String text(Transcript.Entry entry) {
        return String.join("", entry.segments().stream().map(Segment::text).toList());
    }

    /** Waits until something is so. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("never happened: " + what);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
