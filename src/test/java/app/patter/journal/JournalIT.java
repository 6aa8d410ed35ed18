package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.cluster.Node;
import app.patter.cluster.Nodes;
import app.patter.container.InContainer;
import app.patter.container.OneContainer;
import app.patter.container.People;
import app.patter.container.TimerThief;
import app.patter.container.Watcher;
import app.patter.conversation.Conversations;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.MessageStore;
import app.patter.conversation.Placement;
import app.patter.conversation.Segment;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.SegmentRow;
import app.patter.conversation.Transcript;
import app.patter.conversation.View;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.UserTransaction;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inside the server: what a draft takes on becomes rows, and only then is anybody told. */
@ExtendWith({OneContainer.class, ArquillianExtension.class})
class JournalIT {

    private static final String MODEL = "demo/demo";

    @Inject
    private Journal journal;

    @Inject
    private Nodes nodes;

    @Inject
    private Conversations conversations;

    @Inject
    private MessageStore messageStore;

    @Inject
    private People people;

    @Inject
    private Watcher watcher;

    @Inject
    private TimerThief thief;

    @Inject
    private ShortOfMemory memory;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private UserTransaction transaction;

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
    void theFirstTokenIsSavedAtOnceAndTheRestByTheTimer() {
        AnswerBuffer buffer = begin();
        buffer.append(SegmentKind.TEXT, "one");
        Watcher.await("first token saved", () -> "one".equals(saved()));
        buffer.append(SegmentKind.TEXT, " two");
        buffer.append(SegmentKind.TEXT, " three");
        Watcher.await("timer has saved", () -> "one two three".equals(saved()));
        assertEquals(1, rows(buffer), "one run is one row");
    }

    @Test
    void textWhoseTimerIsLostIsSavedAllTheSame() {
        AnswerBuffer buffer = begin();
        buffer.append(SegmentKind.TEXT, "one");
        Watcher.await("first token saved", () -> "one".equals(saved()));
        buffer.append(SegmentKind.TEXT, " two");
        thief.steal();
        Watcher.await("the rest is saved", () -> "one two".equals(saved()));
    }

    @Test
    void anEndForWhichMemoryWasShortIsSavedAllTheSame() {
        AnswerBuffer buffer = begin();
        buffer.append(SegmentKind.TEXT, "one");
        Watcher.await("first token saved", () -> "one".equals(saved()));
        memory.hit(conversation);
        buffer.append(SegmentKind.TEXT, " two");
        buffer.end(Completion.plain(MessageState.DONE));
        Watcher.await("memory was short", () -> memory.hasHit(conversation));
        Watcher.await(
                "the end is saved",
                () -> watcher.last(owner, conversation).message().state() == MessageState.DONE);
        assertEquals("one two", saved());
    }

    @Test
    void whoWaitsForASaveAndFailsKeepsNobodyElseFromHearingOfTheirs() {
        AnswerBuffer first = begin();
        UUID another = UUID.randomUUID();
        AnswerBuffer second = journal.open(messageStore
                .begin(owner, another, UUID.randomUUID(), "question", MODEL, nodes.self())
                .ticket());
        // On the thread that saves, so that the next save takes both.
        CompletableFuture<Void> both = new CompletableFuture<>();
        first.append(SegmentKind.TEXT, "one");
        first.whenSaved(() -> {
            for (AnswerBuffer buffer : List.of(first, second)) {
                buffer.append(SegmentKind.TEXT, " two");
                buffer.whenSaved(() -> {
                    throw new OutOfMemoryError("a test says so");
                });
            }
            both.complete(null);
        });
        both.join();
        Watcher.await("both are saved", () -> first.waiting() == 0 && second.waiting() == 0);
        first.end(Completion.plain(MessageState.DONE)).toCompletableFuture().join();
        second.end(Completion.plain(MessageState.DONE)).toCompletableFuture().join();
        assertEquals("one two", saved());
    }

    @Test
    void readersAreToldOnlyOfWhatTheDatabaseHolds() {
        AnswerBuffer buffer = begin();
        List<Long> ahead = new ArrayList<>();
        for (int token = 0; token < 200; token++) {
            buffer.append(SegmentKind.TEXT, token + " ");
            for (long revision : watcher.heard(conversation)) {
                if (watcher.read(owner, conversation, View.NEWEST).revision() < revision) {
                    ahead.add(revision);
                }
            }
        }
        buffer.end(Completion.plain(MessageState.DONE)).toCompletableFuture().join();
        List<Long> heard = watcher.heard(conversation);
        assertEquals(List.of(), ahead);
        assertEquals(heard.stream().sorted().distinct().toList(), heard, "each revision once and in order");
        assertEquals(expected(200), saved());
    }

    private static String expected(int tokens) {
        return String.join(
                "", IntStream.range(0, tokens).mapToObj(token -> token + " ").toList());
    }

    @Test
    void eachKindTakesTheNextOrdinal() {
        AnswerBuffer buffer = begin();
        buffer.append(SegmentKind.REASONING, "let me ");
        buffer.append(SegmentKind.REASONING, "see");
        buffer.append(SegmentKind.TEXT, "yes");
        buffer.append(SegmentKind.REASONING, "or");
        buffer.append(SegmentKind.TEXT, "no");
        buffer.end(Completion.plain(MessageState.DONE)).toCompletableFuture().join();
        assertEquals(
                List.of("0 REASONING let me see", "1 TEXT yes", "2 REASONING or", "3 TEXT no"),
                watcher.last(owner, conversation).segments().stream()
                        .map(segment -> segment.ordinal() + " " + segment.kind() + " " + segment.text())
                        .toList());
    }

    @Test
    void aLongRunGoesOnInFurtherRowsAndIsReadAsOne() {
        AnswerBuffer buffer = begin();
        Random random = new Random(7);
        StringBuilder all = new StringBuilder();
        while (all.length() < 5 * SegmentRow.ROW) {
            String token = random.nextInt(9) == 0 ? "\uD83C\uDF0D" : "x".repeat(random.nextInt(700)) + "\n";
            all.append(token);
            buffer.append(SegmentKind.TEXT, token);
        }
        buffer.end(Completion.plain(MessageState.DONE)).toCompletableFuture().join();
        List<Segment> segments = watcher.last(owner, conversation).segments();
        assertEquals(1, segments.size());
        assertEquals(all.toString(), segments.get(0).text());
        assertTrue(rows(buffer) >= 5, "rows: " + rows(buffer));
        Number longest = (Number) entities.createNativeQuery(
                        "select max(char_length(text)) from message_segment where message_id = cast(?1 as uuid)")
                .setParameter(1, buffer.ticket().message().toString())
                .getSingleResult();
        assertTrue(longest.intValue() <= SegmentRow.ROW + 1, "longest row: " + longest);
    }

    @Test
    void whichModelAnsweredIsSavedAlsoWhenAllOfTheAnswerCameAtOnce() {
        AnswerBuffer buffer = begin();
        buffer.answeredBy("stand-in/quick");
        buffer.end(Completion.plain(MessageState.DONE)).toCompletableFuture().join();
        assertEquals(
                "stand-in/quick", watcher.last(owner, conversation).message().model());
    }

    @Test
    void theEndComesWithTheLastTextInOneTransaction() {
        AnswerBuffer buffer = begin();
        buffer.append(SegmentKind.TEXT, "almost");
        buffer.append(SegmentKind.TEXT, " there");
        buffer.end(Completion.plain(MessageState.DONE)).toCompletableFuture().join();
        Transcript.Entry entry = watcher.last(owner, conversation);
        assertEquals(MessageState.DONE, entry.message().state());
        assertEquals("almost there", Watcher.text(entry));
        buffer.append(SegmentKind.TEXT, " too late");
        buffer.end(Completion.plain(MessageState.FAILED));
        journal.save();
        assertEquals("almost there", saved());
        assertEquals(
                MessageState.DONE, watcher.last(owner, conversation).message().state());
    }

    @Test
    void whatComesAfterSomebodyElseTookTheMessageOverIsRefused() {
        AnswerBuffer buffer = begin();
        buffer.append(SegmentKind.TEXT, "kept");
        journal.save();
        messageStore.end(conversation, List.of(buffer.ticket().message()), MessageState.STOPPED);
        buffer.append(SegmentKind.TEXT, " refused");
        journal.save();
        assertEquals(
                AnswerBuffer.Outcome.REFUSED,
                buffer.outcome().toCompletableFuture().join());
        assertEquals("kept", saved());
        assertEquals(
                MessageState.STOPPED,
                watcher.last(owner, conversation).message().state());
    }

    @Test
    void aDeletedConversationEndsItsDraftAndHarmsNoOther() {
        AnswerBuffer doomed = begin();
        UUID gone = conversation;
        somebody();
        AnswerBuffer other = begin();
        conversations.delete(watcher.access(ownerOf(gone), gone));
        doomed.append(SegmentKind.TEXT, "nowhere to go");
        other.append(SegmentKind.TEXT, "safe");
        journal.save();
        assertEquals(
                AnswerBuffer.Outcome.REFUSED,
                doomed.outcome().toCompletableFuture().join());
        assertEquals("safe", saved());
    }

    private UUID ownerOf(UUID id) {
        return (UUID) entities.createQuery("select c.owner from Conversation c where c.id = :id")
                .setParameter("id", id)
                .getSingleResult();
    }

    @Test
    void moreDraftsThanOneTransactionTakesDoNotMix() {
        List<AnswerBuffer> buffers = new ArrayList<>();
        List<UUID> clients = new ArrayList<>();
        for (int draft = 0; draft < GroupCommit.AT_ONCE + 20; draft++) {
            conversation = UUID.randomUUID();
            clients.add(conversation);
            buffers.add(begin());
        }
        Random random = new Random(3);
        for (int token = 0; token < 5_000; token++) {
            int chosen = random.nextInt(buffers.size());
            buffers.get(chosen).append(SegmentKind.TEXT, (char) ('A' + chosen) + "");
        }
        journal.save();
        assertEquals(0, buffers.stream().mapToLong(AnswerBuffer::waiting).sum(), "nothing is left for another save");
        buffers.forEach(buffer -> buffer.end(Completion.plain(MessageState.DONE))
                .toCompletableFuture()
                .join());
        int total = 0;
        for (int at = 0; at < clients.size(); at++) {
            String text = Watcher.text(watcher.last(owner, clients.get(at)));
            assertEquals(String.valueOf((char) ('A' + at)).repeat(text.length()), text);
            total += text.length();
        }
        assertEquals(5_000, total);
    }

    @Test
    void answersOfANodeWhoseLeaseEndedAreInterrupted() throws Exception {
        UUID lost = UUID.randomUUID();
        OffsetDateTime past = OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1);
        transaction.begin();
        entities.persist(new Node(lost, past, past));
        transaction.commit();
        GenerationTicket abandoned = messageStore
                .begin(owner, conversation, UUID.randomUUID(), "hello", MODEL, lost)
                .ticket();
        Watcher.await(
                "interrupted", () -> watcher.last(owner, conversation).message().state() == MessageState.INTERRUPTED);
        Watcher.await(
                "one revision told for the post, one for the interruption",
                () -> watcher.heard(conversation).size() == 2);
        GenerationTicket resumed = messageStore
                .resume(watcher.access(owner, conversation), abandoned.message(), nodes.self())
                .orElseThrow();
        AnswerBuffer buffer = journal.open(resumed);
        buffer.append(SegmentKind.TEXT, "back again");
        buffer.end(Completion.plain(MessageState.DONE)).toCompletableFuture().join();
        assertEquals("back again", saved());
    }

    @Test
    void aContinuedAnswerGoesOnInTheSameRun() {
        AnswerBuffer first = begin();
        first.append(SegmentKind.REASONING, "hm");
        first.append(SegmentKind.TEXT, "half ");
        first.end(Completion.plain(MessageState.STOPPED)).toCompletableFuture().join();
        AnswerBuffer second = journal.open(messageStore
                .resume(watcher.access(owner, conversation), first.ticket().message(), nodes.self())
                .orElseThrow());
        second.append(SegmentKind.TEXT, "whole");
        second.end(Completion.plain(MessageState.DONE)).toCompletableFuture().join();
        assertEquals(
                List.of("hm", "half whole"),
                watcher.last(owner, conversation).segments().stream()
                        .map(Segment::text)
                        .toList());
    }

    @Test
    void theSamePostTwiceMakesOneMessage() {
        UUID message = UUID.randomUUID();
        begin();
        assertTrue(messageStore
                        .send(
                                watcher.access(owner, conversation),
                                message,
                                Placement.NEWEST,
                                "once",
                                MODEL,
                                nodes.self())
                        .ticket()
                != null);
        assertFalse(messageStore
                        .send(
                                watcher.access(owner, conversation),
                                message,
                                Placement.NEWEST,
                                "once",
                                MODEL,
                                nodes.self())
                        .ticket()
                != null);
        assertEquals(4, watcher.read(owner, conversation, View.NEWEST).entries().size());
    }

    private AnswerBuffer begin() {
        return journal.open(messageStore
                .begin(owner, conversation, UUID.randomUUID(), "hello", MODEL, nodes.self())
                .ticket());
    }

    private String saved() {
        return Watcher.text(watcher.last(owner, conversation));
    }

    private long rows(AnswerBuffer buffer) {
        return (Long) entities.createQuery("select count(s) from SegmentRow s where s.message = :message")
                .setParameter("message", buffer.ticket().message())
                .getSingleResult();
    }
}
