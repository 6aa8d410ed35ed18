package app.patter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.container.InContainer;
import app.patter.container.People;
import app.patter.container.TimerThief;
import app.patter.container.Watcher;
import app.patter.conversation.Assignment;
import app.patter.conversation.Conversations;
import app.patter.conversation.Kind;
import app.patter.conversation.Run;
import app.patter.conversation.Segment;
import app.patter.conversation.State;
import app.patter.conversation.Transcript;
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
@ExtendWith(ArquillianExtension.class)
class JournalIT {

    private static final String MODEL = "demo/demo";

    @Inject
    private Journal journal;

    @Inject
    private Nodes nodes;

    @Inject
    private Conversations conversations;

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
        Draft draft = begin();
        draft.append(Kind.TEXT, "one");
        Watcher.await("first token saved", () -> "one".equals(saved()));
        draft.append(Kind.TEXT, " two");
        draft.append(Kind.TEXT, " three");
        Watcher.await("timer has saved", () -> "one two three".equals(saved()));
        assertEquals(1, rows(draft), "one run is one row");
    }

    @Test
    void textWhoseTimerIsLostIsSavedAllTheSame() {
        Draft draft = begin();
        draft.append(Kind.TEXT, "one");
        Watcher.await("first token saved", () -> "one".equals(saved()));
        draft.append(Kind.TEXT, " two");
        thief.steal();
        Watcher.await("the rest is saved", () -> "one two".equals(saved()));
    }

    @Test
    void anEndForWhichMemoryWasShortIsSavedAllTheSame() {
        Draft draft = begin();
        draft.append(Kind.TEXT, "one");
        Watcher.await("first token saved", () -> "one".equals(saved()));
        memory.hit(conversation);
        draft.append(Kind.TEXT, " two");
        draft.end(End.plain(State.DONE));
        Watcher.await("memory was short", () -> memory.hasHit(conversation));
        Watcher.await(
                "the end is saved",
                () -> watcher.last(owner, conversation).message().state() == State.DONE);
        assertEquals("one two", saved());
    }

    @Test
    void whoWaitsForASaveAndFailsKeepsNobodyElseFromHearingOfTheirs() {
        Draft first = begin();
        UUID another = UUID.randomUUID();
        Draft second = journal.open(conversations
                .begin(owner, another, UUID.randomUUID(), "question", MODEL, nodes.self())
                .assignment());
        // On the thread that saves, so that the next save takes both.
        CompletableFuture<Void> both = new CompletableFuture<>();
        first.append(Kind.TEXT, "one");
        first.whenSaved(() -> {
            for (Draft draft : List.of(first, second)) {
                draft.append(Kind.TEXT, " two");
                draft.whenSaved(() -> {
                    throw new OutOfMemoryError("a test says so");
                });
            }
            both.complete(null);
        });
        both.join();
        Watcher.await("both are saved", () -> first.waiting() == 0 && second.waiting() == 0);
        first.end(End.plain(State.DONE)).toCompletableFuture().join();
        second.end(End.plain(State.DONE)).toCompletableFuture().join();
        assertEquals("one two", saved());
    }

    @Test
    void readersAreToldOnlyOfWhatTheDatabaseHolds() {
        Draft draft = begin();
        List<Long> ahead = new ArrayList<>();
        for (int token = 0; token < 200; token++) {
            draft.append(Kind.TEXT, token + " ");
            for (long revision : watcher.heard(conversation)) {
                if (watcher.read(owner, conversation, null).revision() < revision) {
                    ahead.add(revision);
                }
            }
        }
        draft.end(End.plain(State.DONE)).toCompletableFuture().join();
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
        Draft draft = begin();
        draft.append(Kind.REASONING, "let me ");
        draft.append(Kind.REASONING, "see");
        draft.append(Kind.TEXT, "yes");
        draft.append(Kind.REASONING, "or");
        draft.append(Kind.TEXT, "no");
        draft.end(End.plain(State.DONE)).toCompletableFuture().join();
        assertEquals(
                List.of("0 REASONING let me see", "1 TEXT yes", "2 REASONING or", "3 TEXT no"),
                watcher.last(owner, conversation).runs().stream()
                        .map(run -> run.ordinal() + " " + run.kind() + " " + run.text())
                        .toList());
    }

    @Test
    void aLongRunGoesOnInFurtherRowsAndIsReadAsOne() {
        Draft draft = begin();
        Random random = new Random(7);
        StringBuilder all = new StringBuilder();
        while (all.length() < 5 * Segment.ROW) {
            String token = random.nextInt(9) == 0 ? "\uD83C\uDF0D" : "x".repeat(random.nextInt(700)) + "\n";
            all.append(token);
            draft.append(Kind.TEXT, token);
        }
        draft.end(End.plain(State.DONE)).toCompletableFuture().join();
        List<Run> runs = watcher.last(owner, conversation).runs();
        assertEquals(1, runs.size());
        assertEquals(all.toString(), runs.get(0).text());
        assertTrue(rows(draft) >= 5, "rows: " + rows(draft));
        Number longest = (Number) entities.createNativeQuery(
                        "select max(char_length(text)) from message_segment where message_id = cast(?1 as uuid)")
                .setParameter(1, draft.assignment().message().toString())
                .getSingleResult();
        assertTrue(longest.intValue() <= Segment.ROW + 1, "longest row: " + longest);
    }

    @Test
    void whichModelAnsweredIsSavedAlsoWhenAllOfTheAnswerCameAtOnce() {
        Draft draft = begin();
        draft.answeredBy("stand-in/quick");
        draft.end(End.plain(State.DONE)).toCompletableFuture().join();
        assertEquals(
                "stand-in/quick", watcher.last(owner, conversation).message().model());
    }

    @Test
    void theEndComesWithTheLastTextInOneTransaction() {
        Draft draft = begin();
        draft.append(Kind.TEXT, "almost");
        draft.append(Kind.TEXT, " there");
        draft.end(End.plain(State.DONE)).toCompletableFuture().join();
        Transcript.Entry entry = watcher.last(owner, conversation);
        assertEquals(State.DONE, entry.message().state());
        assertEquals("almost there", Watcher.text(entry));
        draft.append(Kind.TEXT, " too late");
        draft.end(End.plain(State.FAILED));
        journal.save();
        assertEquals("almost there", saved());
        assertEquals(State.DONE, watcher.last(owner, conversation).message().state());
    }

    @Test
    void whatComesAfterSomebodyElseTookTheMessageOverIsRefused() {
        Draft draft = begin();
        draft.append(Kind.TEXT, "kept");
        journal.save();
        conversations.end(conversation, List.of(draft.assignment().message()), State.STOPPED);
        draft.append(Kind.TEXT, " refused");
        journal.save();
        assertEquals(
                Draft.Outcome.REFUSED, draft.outcome().toCompletableFuture().join());
        assertEquals("kept", saved());
        assertEquals(State.STOPPED, watcher.last(owner, conversation).message().state());
    }

    @Test
    void aDeletedConversationEndsItsDraftAndHarmsNoOther() {
        Draft doomed = begin();
        UUID gone = conversation;
        somebody();
        Draft other = begin();
        conversations.delete(ownerOf(gone), gone);
        doomed.append(Kind.TEXT, "nowhere to go");
        other.append(Kind.TEXT, "safe");
        journal.save();
        assertEquals(
                Draft.Outcome.REFUSED, doomed.outcome().toCompletableFuture().join());
        assertEquals("safe", saved());
    }

    private UUID ownerOf(UUID id) {
        return (UUID) entities.createQuery("select c.owner from Conversation c where c.id = :id")
                .setParameter("id", id)
                .getSingleResult();
    }

    @Test
    void moreDraftsThanOneTransactionTakesDoNotMix() {
        List<Draft> drafts = new ArrayList<>();
        List<UUID> places = new ArrayList<>();
        for (int draft = 0; draft < Journal.AT_ONCE + 20; draft++) {
            conversation = UUID.randomUUID();
            places.add(conversation);
            drafts.add(begin());
        }
        Random random = new Random(3);
        for (int token = 0; token < 5_000; token++) {
            int chosen = random.nextInt(drafts.size());
            drafts.get(chosen).append(Kind.TEXT, (char) ('A' + chosen) + "");
        }
        journal.save();
        assertEquals(0, drafts.stream().mapToLong(Draft::waiting).sum(), "nothing is left for another save");
        drafts.forEach(
                draft -> draft.end(End.plain(State.DONE)).toCompletableFuture().join());
        int total = 0;
        for (int at = 0; at < places.size(); at++) {
            String text = Watcher.text(watcher.last(owner, places.get(at)));
            assertEquals(String.valueOf((char) ('A' + at)).repeat(text.length()), text);
            total += text.length();
        }
        assertEquals(5_000, total);
    }

    @Test
    void answersOfANodeWhoseLeaseEndedAreInterruptedAndTheirReadersTold() throws Exception {
        UUID lost = UUID.randomUUID();
        OffsetDateTime past = OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(1);
        transaction.begin();
        entities.persist(new Node(lost, past, past));
        transaction.commit();
        Assignment abandoned = conversations
                .begin(owner, conversation, UUID.randomUUID(), "hello", MODEL, lost)
                .assignment();
        Watcher.await(
                "interrupted", () -> watcher.last(owner, conversation).message().state() == State.INTERRUPTED);
        Watcher.await(
                "one revision told for the post, one for the interruption",
                () -> watcher.heard(conversation).size() == 2);
        Assignment resumed = conversations
                .resume(owner, conversation, abandoned.message(), nodes.self())
                .orElseThrow();
        Draft draft = journal.open(resumed);
        draft.append(Kind.TEXT, "back again");
        draft.end(End.plain(State.DONE)).toCompletableFuture().join();
        assertEquals("back again", saved());
    }

    @Test
    void aContinuedAnswerGoesOnInTheSameRun() {
        Draft first = begin();
        first.append(Kind.REASONING, "hm");
        first.append(Kind.TEXT, "half ");
        first.end(End.plain(State.STOPPED)).toCompletableFuture().join();
        Draft second = journal.open(conversations
                .resume(owner, conversation, first.assignment().message(), nodes.self())
                .orElseThrow());
        second.append(Kind.TEXT, "whole");
        second.end(End.plain(State.DONE)).toCompletableFuture().join();
        assertEquals(
                List.of("hm", "half whole"),
                watcher.last(owner, conversation).runs().stream().map(Run::text).toList());
    }

    @Test
    void theSamePostTwiceMakesOneMessage() {
        UUID message = UUID.randomUUID();
        begin();
        assertTrue(conversations
                        .send(owner, conversation, message, null, "once", MODEL, nodes.self())
                        .assignment()
                != null);
        assertFalse(conversations
                        .send(owner, conversation, message, null, "once", MODEL, nodes.self())
                        .assignment()
                != null);
        assertEquals(4, watcher.read(owner, conversation, null).entries().size());
    }

    private Draft begin() {
        return journal.open(conversations
                .begin(owner, conversation, UUID.randomUUID(), "hello", MODEL, nodes.self())
                .assignment());
    }

    private String saved() {
        return Watcher.text(watcher.last(owner, conversation));
    }

    private long rows(Draft draft) {
        return (Long) entities.createQuery("select count(s) from Segment s where s.message = :message")
                .setParameter("message", draft.assignment().message())
                .getSingleResult();
    }
}
