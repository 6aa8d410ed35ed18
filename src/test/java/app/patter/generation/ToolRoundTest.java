package app.patter.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.Assignment;
import app.patter.conversation.Card;
import app.patter.conversation.Cards;
import app.patter.conversation.Round;
import app.patter.conversation.State;
import app.patter.conversation.ToolRun;
import app.patter.journal.Drafts;
import app.patter.tool.Images;
import app.patter.tool.Offer;
import app.patter.tool.Permission;
import app.patter.tool.Running;
import app.patter.tool.ToolAnswer;
import app.patter.upstream.Tool;
import app.patter.upstream.ToolCall;
import app.patter.upstream.ToolResult;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToolRoundTest {

    /** Long enough for a call to begin, which one that is over already does not. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Drafts drafts =
            Drafts.saving(new Assignment(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "a/b", 0, null, -1, 0, null));
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch then = new CountDownLatch(1);
    private final CountDownLatch waits = new CountDownLatch(1);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    /** A round with a tool that never answers. */
    private ToolRound round(Duration timeout) {
        Offer silent = new Offer(
                new Tool("silent", "says nothing", "{\"type\":\"object\"}"),
                "Silent",
                Permission.ALLOW,
                (arguments, progress) -> {
                    begun.countDown();
                    return new Running(new CompletableFuture<>(), cancelled::countDown);
                });
        Toolbox toolbox = new Toolbox(Map.of("silent", silent), Set.of(), timeout, executor, new Images());
        return new ToolRound(drafts.draft(), toolbox, then::countDown, waits::countDown);
    }

    private static List<ToolCall> calls() {
        return List.of(new ToolCall("c", "silent", "{}"));
    }

    @Test
    void whateverToolItIsACallThatTakesTooLongIsCancelledAndToldAsFailed() throws InterruptedException {
        written("silent");
        round(A_MOMENT).begin(calls());
        then.await();
        cancelled.await();
        String told = Round.of(drafts.runs()).get(0).results().get("c").text();
        assertEquals("The tool did not answer within 1 s.", told);
    }

    @Test
    void afterStopNothingFollows() throws InterruptedException {
        ToolRound round = round(Duration.ofMinutes(5));
        round.begin(calls());
        begun.await();
        round.cancel();
        cancelled.await();
        assertEquals(1, then.getCount());
        assertTrue(
                drafts.runs().stream()
                        .map(run -> ToolRun.of(run.text()).orElseThrow())
                        .noneMatch(ToolRun::isEnd),
                "nothing has come of it");
    }

    private void written(String tool) {
        written("c", tool);
    }

    private void written(String call, String tool) {
        CallWriter writer = new CallWriter(drafts.draft(), name -> name, Set.of());
        writer.started(call, tool);
        writer.close();
    }

    private String told() {
        return Round.of(drafts.runs()).get(0).results().get("c").text();
    }

    private ToolRound round(Duration timeout, Offer.Caller caller, Permission permission) {
        Tool tool = new Tool("tool", "a tool", "{\"type\":\"object\"}");
        Toolbox toolbox = new Toolbox(
                Map.of("tool", new Offer(tool, "Tool", permission, caller)), Set.of(), timeout, executor, new Images());
        return new ToolRound(drafts.draft(), toolbox, then::countDown, waits::countDown);
    }

    private static List<ToolCall> call() {
        return List.of(new ToolCall("c", "tool", "{}"));
    }

    /** One that calculates for ever does it on the thread that calls it. */
    @Test
    void aToolThatNeverReturnsFromTheCallIsLeftBehindInTime() throws InterruptedException {
        written("tool");
        CountDownLatch end = new CountDownLatch(1);
        round(
                        A_MOMENT,
                        (arguments, progress) -> {
                            hold(end);
                            return new Running(new CompletableFuture<>(), cancelled::countDown);
                        },
                        Permission.ALLOW)
                .begin(call());
        then.await();
        assertEquals("The tool did not answer within 1 s.", told());
        end.countDown();
        cancelled.await(); // as soon as there is something to cancel
    }

    @Test
    void stopReachesACallThatIsStillBeingBegun() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        ToolRound round = round(
                Duration.ofMinutes(5),
                (arguments, progress) -> {
                    begun.countDown();
                    hold(end);
                    return new Running(new CompletableFuture<>(), cancelled::countDown);
                },
                Permission.ALLOW);
        round.begin(call());
        begun.await();
        round.cancel();
        end.countDown();
        cancelled.await();
        assertEquals(1, then.getCount());
    }

    private static void hold(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anErrorInAToolEndsTheCallAndNotTheRound() throws InterruptedException {
        written("tool");
        round(
                        Duration.ofMinutes(5),
                        (arguments, progress) -> {
                            throw new StackOverflowError();
                        },
                        Permission.ALLOW)
                .begin(call());
        then.await();
        assertEquals("The tool failed; Patter's log has the cause.", told());
    }

    @Test
    void aCallIsMadeOnlyWhenItIsSavedThatItIsMade() throws InterruptedException {
        written("tool");
        round(
                        Duration.ofMinutes(5),
                        (arguments, progress) -> {
                            boolean known =
                                    Round.of(drafts.runs()).get(0).begun().contains("c");
                            return new Running(
                                    CompletableFuture.completedFuture(
                                            new ToolAnswer(false, "known: " + known, List.of())),
                                    () -> {});
                        },
                        Permission.ALLOW)
                .begin(call());
        then.await();
        assertEquals("known: true", told());
    }

    /** Approved and begun, then stopped or killed: what is known of it is that it was begun. */
    @Test
    void whatWasBegunIsNotBegunAgainAlsoIfItWasAllowed() throws InterruptedException {
        written("tool");
        round(Duration.ofMinutes(5), this::neverCalled, Permission.ASK).goOn(call(), Set.of("c"), Map.of("c", true));
        then.await();
        assertTrue(told().contains("not known"), told());
    }

    @Test
    void whatWasNeitherBegunNorAllowedHasCertainlyHadNoEffect() throws InterruptedException {
        written("tool");
        round(Duration.ofMinutes(5), this::neverCalled, Permission.ASK).goOn(call(), Set.of(), Map.of());
        then.await();
        assertTrue(told().contains("was not made"), told());
    }

    private Running neverCalled(JsonObject arguments, Consumer<ToolRun.Progress> progress) {
        throw new AssertionError("called");
    }

    @Test
    void aPersonIsAskedWhileAnotherCallRuns() {
        Asking asking = new Asking();
        Cards cards = new Cards(UUID.randomUUID(), UUID.randomUUID(), 2);
        drafts.runs().forEach(cards::add);
        Card card = cards.all().stream()
                .filter(found -> found.id().equals("asks"))
                .findFirst()
                .orElseThrow();
        assertTrue(asking.round.asks());
        assertEquals("waiting", card.view(State.CALLING, Set.of()).status());
        assertTrue(card.view(State.CALLING, Set.of()).pending());
        assertEquals("decided", card.view(State.CALLING, Set.of("asks")).status());
        assertFalse(card.view(State.CALLING, Set.of("asks")).pending());
        assertEquals("waiting", card.view(State.WAITING, Set.of()).status());
        assertTrue(card.view(State.WAITING, Set.of()).pending());
        assertEquals("unfinished", card.view(State.STOPPED, Set.of()).status());
        cards.happened(ToolRun.begun("asks"));
        assertEquals("running", card.view(State.CALLING, Set.of()).status());
    }

    @Test
    void whatIsAllowedWhileAnotherCallRunsBeginsAtOnceAndOnce() throws InterruptedException {
        Asking asking = new Asking();
        asking.round.look(Map.of("runs", false, "nobody", true));
        assertEquals(0, asking.calls.get());
        asking.round.look(Map.of("asks", true));
        asking.round.look(Map.of("asks", true));
        asking.answered.await();
        assertFalse(asking.round.asks());
        assertEquals(1, then.getCount(), "the other one still runs");
        asking.other.complete(new ToolAnswer(false, "late", List.of()));
        then.await();
        assertEquals(1, asking.calls.get());
        Map<String, ToolResult> results = Round.of(drafts.runs()).get(0).results();
        assertEquals("late", results.get("runs").text());
        assertEquals("known: true", results.get("asks").text());
    }

    @Test
    void whatIsRefusedWhileAnotherCallRunsKeepsNobodyWaiting() throws InterruptedException {
        Asking asking = new Asking();
        asking.round.look(Map.of("asks", false));
        asking.other.complete(new ToolAnswer(false, "late", List.of()));
        then.await();
        assertEquals(0, asking.calls.get());
        assertTrue(Round.of(drafts.runs()).get(0).results().get("asks").text().contains("did not allow"));
        assertEquals(1, waits.getCount());
    }

    /** From then on only the database tells, and whoever goes on with it. */
    @Test
    void aRoundThatWaitsBeginsNothingItself() throws InterruptedException {
        Asking asking = new Asking();
        asking.other.complete(new ToolAnswer(false, "late", List.of()));
        waits.await();
        asking.round.look(Map.of("asks", true));
        assertFalse(asking.round.asks());
        assertEquals(0, asking.calls.get());
        assertEquals(1, then.getCount());
        assertEquals(
                List.of("asks"),
                Round.of(drafts.runs()).get(0).asking().stream()
                        .map(ToolCall::id)
                        .toList());
    }

    @Test
    void aRoundThatIsStoppedBeginsNothingThatIsAllowedThen() {
        Asking asking = new Asking();
        asking.round.cancel();
        asking.round.look(Map.of("asks", true));
        assertEquals(0, asking.calls.get());
        assertEquals(Set.of("runs"), Round.of(drafts.runs()).get(0).begun());
    }

    /** A round with a call that runs until it is let go, and one that asks. */
    private final class Asking {

        final CompletableFuture<ToolAnswer> other = new CompletableFuture<>();
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch answered = new CountDownLatch(1);
        final ToolRound round;

        Asking() {
            written("runs", "runs");
            written("asks", "asks");
            Map<String, Offer> offers = Map.of(
                    "runs",
                    offer("runs", Permission.ALLOW, (arguments, progress) -> new Running(other, () -> {})),
                    "asks",
                    offer("asks", Permission.ASK, this::call));
            Toolbox toolbox = new Toolbox(offers, Set.of(), Duration.ofMinutes(5), executor, new Images());
            round = new ToolRound(drafts.draft(), toolbox, then::countDown, waits::countDown);
            round.begin(List.of(new ToolCall("runs", "runs", "{}"), new ToolCall("asks", "asks", "{}")));
        }

        private Running call(JsonObject arguments, Consumer<ToolRun.Progress> progress) {
            calls.incrementAndGet();
            boolean known = Round.of(drafts.runs()).get(0).begun().contains("asks");
            answered.countDown();
            return new Running(
                    CompletableFuture.completedFuture(new ToolAnswer(false, "known: " + known, List.of())), () -> {});
        }
    }

    private static Offer offer(String name, Permission permission, Offer.Caller caller) {
        return new Offer(new Tool(name, name, "{\"type\":\"object\"}"), name, permission, caller);
    }
}
