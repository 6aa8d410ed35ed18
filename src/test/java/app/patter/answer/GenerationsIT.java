package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.cluster.Nodes;
import app.patter.concurrent.Executors;
import app.patter.container.InContainer;
import app.patter.container.OneContainer;
import app.patter.container.People;
import app.patter.container.Watcher;
import app.patter.conversation.Access;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Conversations;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.MessageStore;
import app.patter.conversation.Permission;
import app.patter.conversation.Placement;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.Transcripts;
import app.patter.conversation.UnknownConversationException;
import app.patter.conversation.View;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inside the server: answers of the built-in demo from beginning to end, and who may touch them. */
@ExtendWith({OneContainer.class, ArquillianExtension.class})
class GenerationsIT {

    private static final String MODEL = "demo/demo";
    private static final String QUESTION = "How does Patter keep what was streamed? ".repeat(3);

    @Inject
    private AnswerService answers;

    @Inject
    private Executors executors;

    @Inject
    private Generations generations;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Conversations conversations;

    @Inject
    private MessageStore messageStore;

    @Inject
    private Transcripts transcripts;

    @Inject
    private Nodes nodes;

    @Inject
    private People people;

    @Inject
    private Watcher watcher;

    private UUID owner;
    private UUID conversation;

    @Deployment
    static WebArchive deployment() {
        return InContainer.war();
    }

    @BeforeEach
    void somebody() {
        owner = people.somebody();
        conversation = UUID.randomUUID();
    }

    @Test
    void anAnswerThinksThenWritesThenIsDone() {
        start();
        Watcher.await("done", () -> state() == MessageState.DONE);
        List<SegmentKind> kinds = watcher.last(owner, conversation).segments().stream()
                .map(segment -> segment.kind())
                .toList();
        assertEquals(List.of(SegmentKind.REASONING, SegmentKind.TEXT), kinds);
        awaitForgotten();
        Watcher.await("its end is told", () -> !watcher.ends(message()).isEmpty());
        assertEquals(List.of(MessageState.DONE), watcher.ends(message()));
    }

    @Test
    void aStoppedAnswerKeepsItsTextAndGetsNoMore() {
        start();
        Watcher.await("has text", () -> !text().isEmpty());
        generations.stop(conversation, List.of(message()));
        assertEquals(MessageState.STOPPED, state());
        String kept = text();
        assertFalse(kept.isEmpty());
        generations.stop(conversation, List.of(message()));
        assertEquals(kept, text());
        awaitForgotten();
    }

    @Test
    void aContinuedAnswerEndsAsTheUninterruptedOneWouldHave() {
        start();
        Watcher.await("done", () -> state() == MessageState.DONE);
        String whole = written();
        conversation = UUID.randomUUID();
        start();
        Watcher.await("writes", () -> !written().isEmpty());
        generations.stop(conversation, List.of(message()));
        generations.start(
                access(), messageStore.resume(access(), message(), nodes.self()).orElseThrow());
        Watcher.await("done", () -> state() == MessageState.DONE);
        assertEquals(whole, written());
    }

    @Test
    void anotherAnswerStandsBesideTheFirst() {
        start();
        Watcher.await("done", () -> state() == MessageState.DONE);
        UUID first = message();
        generations.start(access(), messageStore.retry(access(), first, null, nodes.self()));
        Watcher.await("second done", () -> !message().equals(first) && state() == MessageState.DONE);
        assertEquals(
                List.of(first, message()), watcher.last(owner, conversation).alternatives());
        assertEquals(
                2,
                watcher.read(owner, conversation, View.through(first)).entries().size());
    }

    @Test
    void nobodyElseCanReadOrChangeAConversation() {
        start();
        UUID stranger = people.somebody();
        for (Permission permission : Permission.values()) {
            assertTrue(accessControl.find(stranger, conversation, permission).isEmpty());
            assertThrows(
                    UnknownConversationException.class, () -> accessControl.open(stranger, conversation, permission));
        }
        assertThrows(UnknownConversationException.class, () -> conversations.read(stranger, conversation));
        assertTrue(conversations.of(stranger, 10).isEmpty());
        NewMessage mine = new NewMessage(UUID.randomUUID(), Placement.NEWEST, "mine now", MODEL);
        assertThrows(UnknownConversationException.class, () -> answers.begin(stranger, conversation, mine));
        assertThrows(UnknownConversationException.class, () -> conversations.create(stranger, conversation, "Mine"));
        Watcher.await("done", () -> state() == MessageState.DONE);
        assertEquals(2, watcher.read(owner, conversation, View.NEWEST).entries().size());
    }

    @Test
    void aConversationBegunTwiceAtOnceBeginsOnce() {
        NewMessage message = new NewMessage(UUID.randomUUID(), Placement.NEWEST, QUESTION, MODEL);
        CompletableFuture.allOf(begin(message), begin(message), begin(message)).join();
        Watcher.await("done", () -> state() == MessageState.DONE);
        assertEquals(2, watcher.read(owner, conversation, View.NEWEST).entries().size());
    }

    private CompletableFuture<Void> begin(NewMessage message) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        answers.begin(owner, conversation, message);
                    } catch (InvalidMessageException e) {
                        throw new IllegalStateException(e);
                    }
                },
                executors.reads());
    }

    @Test
    void aMessageOfAnotherConversationIsUnknownHere() {
        start();
        UUID elsewhere = message();
        conversation = UUID.randomUUID();
        start();
        assertThrows(
                UnknownConversationException.class, () -> messageStore.retry(access(), elsewhere, null, nodes.self()));
        assertTrue(transcripts.read(access(), View.through(elsewhere)).isEmpty());
        Watcher.await("done", () -> state() == MessageState.DONE);
    }

    private Access access() {
        return watcher.access(owner, conversation);
    }

    private void start() {
        GenerationTicket ticket = messageStore
                .begin(owner, conversation, UUID.randomUUID(), QUESTION, MODEL, nodes.self())
                .ticket();
        generations.start(access(), ticket);
    }

    /** Those who wait for the end of an answer are woken before it is taken from the list. */
    private void awaitForgotten() {
        Watcher.await("nothing keeps running", () -> !generations.running().contains(message()));
    }

    private UUID message() {
        return watcher.last(owner, conversation).message().id();
    }

    private MessageState state() {
        return watcher.last(owner, conversation).message().state();
    }

    private String text() {
        return Watcher.text(watcher.last(owner, conversation));
    }

    private String written() {
        return watcher.last(owner, conversation).segments().stream()
                .filter(segment -> segment.kind() == SegmentKind.TEXT)
                .map(segment -> segment.text())
                .findFirst()
                .orElse("");
    }
}
