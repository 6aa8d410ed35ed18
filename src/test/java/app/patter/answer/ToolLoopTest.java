package app.patter.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.chat.ToolSpec;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.ModelCall;
import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEventCodec;
import app.patter.journal.AnswerBuffers;
import app.patter.page.ToolCallView;
import app.patter.page.ToolCallViews;
import app.patter.tool.AvailableTool;
import app.patter.tool.Images;
import app.patter.tool.Permission;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolInvocation;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ToolLoopTest {

    /** Long enough for a call to begin, which one that is over already does not. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AnswerBuffers drafts = AnswerBuffers.saving(
            new GenerationTicket(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "a/b", 0, null, -1, 0, null));
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch then = new CountDownLatch(1);
    private final CountDownLatch waits = new CountDownLatch(1);

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    /** A round with a tool that never answers. */
    private ToolLoop round(Duration timeout) {
        AvailableTool silent = new AvailableTool(
                new ToolSpec("silent", "says nothing", "{\"type\":\"object\"}"),
                "Silent",
                Permission.ALLOW,
                (arguments, progress) -> {
                    begun.countDown();
                    return new ToolInvocation(new CompletableFuture<>(), cancelled::countDown);
                });
        Toolbox toolbox = new Toolbox(Map.of("silent", silent), Set.of(), timeout, executor, new Images(), 32);
        return new ToolLoop(drafts.draft(), toolbox, then::countDown, waits::countDown);
    }

    private static List<ToolCall> calls() {
        return List.of(new ToolCall("c", "silent", "{}"));
    }

    @Test
    void aCallThatTakesTooLongIsCancelledAndFails() throws InterruptedException {
        written("silent");
        round(A_MOMENT).begin(calls());
        then.await();
        cancelled.await();
        String told = ModelCall.of(drafts.runs()).get(0).results().get("c").text();
        assertEquals("The tool did not answer within 1 s.", told);
    }

    @ParameterizedTest
    @MethodSource("brokenArguments")
    void brokenArgumentsAreToldToTheModel(String arguments) throws InterruptedException {
        written("silent");
        round(Duration.ofMinutes(5)).begin(List.of(new ToolCall("c", "silent", arguments)));
        then.await();
        assertEquals("The arguments are no JSON object. Call again with whole arguments.", told());
        assertEquals(1, begun.getCount(), "the tool is not called");
    }

    static List<String> brokenArguments() {
        return List.of("{\"a\":", "{\"a\":1}}", "{} and more", "[]", "7", "", "{\"a\":".repeat(2_000));
    }

    @Test
    void afterStopNothingFollows() throws InterruptedException {
        ToolLoop round = round(Duration.ofMinutes(5));
        round.begin(calls());
        begun.await();
        round.cancel();
        cancelled.await();
        assertEquals(1, then.getCount());
        assertTrue(
                drafts.runs().stream()
                        .map(segment -> ToolEventCodec.decode(segment.text()).orElseThrow())
                        .noneMatch(ToolEvent.Ended.class::isInstance),
                "nothing has come of it");
    }

    private void written(String tool) {
        written("c", tool);
    }

    private void written(String call, String tool) {
        ToolCallRecorder writer = new ToolCallRecorder(drafts.draft(), name -> name, Set.of());
        writer.started(call, tool);
        writer.close();
    }

    private String told() {
        return ModelCall.of(drafts.runs()).get(0).results().get("c").text();
    }

    private ToolLoop round(Duration timeout, AvailableTool.Caller caller, Permission permission) {
        ToolSpec tool = new ToolSpec("tool", "a tool", "{\"type\":\"object\"}");
        Toolbox toolbox = new Toolbox(
                Map.of("tool", new AvailableTool(tool, "Tool", permission, caller)),
                Set.of(),
                timeout,
                executor,
                new Images(),
                32);
        return new ToolLoop(drafts.draft(), toolbox, then::countDown, waits::countDown);
    }

    @Test
    void callsBeyondTheMostAreNotMadeAndTheModelIsTold() throws InterruptedException {
        List<ToolCall> calls = new ArrayList<>();
        ToolCallRecorder recorder = new ToolCallRecorder(drafts.draft(), name -> name, Set.of());
        for (int at = 0; at < 40; at++) {
            recorder.started("c" + at, "tool");
            calls.add(new ToolCall("c" + at, "tool", "{}"));
        }
        recorder.close();
        round(
                        Duration.ofMinutes(1),
                        (arguments, progress) -> ToolInvocation.done(ToolAnswer.text("42")),
                        Permission.ALLOW)
                .begin(calls);
        assertTrue(then.await(30, TimeUnit.SECONDS));
        Map<String, ToolResult> results = ModelCall.of(drafts.runs()).get(0).results();
        assertEquals(40, results.size());
        assertEquals(
                32,
                results.values().stream()
                        .filter(result -> result.text().equals("42"))
                        .count());
        assertTrue(
                results.get("c32").text().contains("at most 32"),
                results.get("c32").text());
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
                            return new ToolInvocation(new CompletableFuture<>(), cancelled::countDown);
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
        ToolLoop round = round(
                Duration.ofMinutes(5),
                (arguments, progress) -> {
                    begun.countDown();
                    hold(end);
                    return new ToolInvocation(new CompletableFuture<>(), cancelled::countDown);
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
                                    ModelCall.of(drafts.runs()).get(0).begun().contains("c");
                            return new ToolInvocation(
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
        round(Duration.ofMinutes(5), this::neverCalled, Permission.ASK).resume(call(), Set.of("c"), Map.of("c", true));
        then.await();
        assertTrue(told().contains("not known"), told());
    }

    @Test
    void whatWasNeitherBegunNorAllowedHasCertainlyHadNoEffect() throws InterruptedException {
        written("tool");
        round(Duration.ofMinutes(5), this::neverCalled, Permission.ASK).resume(call(), Set.of(), Map.of());
        then.await();
        assertTrue(told().contains("was not made"), told());
    }

    private ToolInvocation neverCalled(JsonObject arguments, Consumer<ToolEvent.Progress> progress) {
        throw new AssertionError("called");
    }

    @Test
    void aPersonIsAskedWhileAnotherCallRuns() {
        Asking asking = new Asking();
        ToolCallViews cards = new ToolCallViews(UUID.randomUUID(), UUID.randomUUID(), 2);
        drafts.runs().forEach(cards::add);
        ToolCallView view = cards.all().stream()
                .filter(found -> found.id().equals("asks"))
                .findFirst()
                .orElseThrow();
        assertTrue(asking.round.asks());
        assertEquals("waiting", view.view(MessageState.CALLING, Set.of()).status());
        assertTrue(view.view(MessageState.CALLING, Set.of()).pending());
        assertEquals("decided", view.view(MessageState.CALLING, Set.of("asks")).status());
        assertFalse(view.view(MessageState.CALLING, Set.of("asks")).pending());
        assertEquals("waiting", view.view(MessageState.WAITING, Set.of()).status());
        assertTrue(view.view(MessageState.WAITING, Set.of()).pending());
        assertEquals("unfinished", view.view(MessageState.STOPPED, Set.of()).status());
        cards.happened(ToolEventCodec.encode(new ToolEvent.Begun("asks")));
        assertEquals("running", view.view(MessageState.CALLING, Set.of()).status());
    }

    @Test
    void whatIsAllowedWhileAnotherCallRunsBeginsAtOnceAndOnce() throws InterruptedException {
        Asking asking = new Asking();
        asking.round.poll(Map.of("runs", false, "nobody", true));
        assertEquals(0, asking.calls.get());
        asking.round.poll(Map.of("asks", true));
        asking.round.poll(Map.of("asks", true));
        asking.answered.await();
        assertFalse(asking.round.asks());
        assertEquals(1, then.getCount(), "the other one still runs");
        asking.other.complete(new ToolAnswer(false, "late", List.of()));
        then.await();
        assertEquals(1, asking.calls.get());
        Map<String, ToolResult> results = ModelCall.of(drafts.runs()).get(0).results();
        assertEquals("late", results.get("runs").text());
        assertEquals("known: true", results.get("asks").text());
    }

    @Test
    void whatIsRefusedWhileAnotherCallRunsKeepsNobodyWaiting() throws InterruptedException {
        Asking asking = new Asking();
        asking.round.poll(Map.of("asks", false));
        asking.other.complete(new ToolAnswer(false, "late", List.of()));
        then.await();
        assertEquals(0, asking.calls.get());
        assertTrue(
                ModelCall.of(drafts.runs()).get(0).results().get("asks").text().contains("did not allow"));
        assertEquals(1, waits.getCount());
    }

    /** From then on only the database tells, and whoever goes on with it. */
    @Test
    void aRoundThatWaitsBeginsNothingItself() throws InterruptedException {
        Asking asking = new Asking();
        asking.other.complete(new ToolAnswer(false, "late", List.of()));
        waits.await();
        asking.round.poll(Map.of("asks", true));
        assertFalse(asking.round.asks());
        assertEquals(0, asking.calls.get());
        assertEquals(1, then.getCount());
        assertEquals(
                List.of("asks"),
                ModelCall.of(drafts.runs()).get(0).asking().stream()
                        .map(ToolCall::id)
                        .toList());
    }

    @Test
    void aRoundThatIsStoppedBeginsNothingThatIsAllowedThen() {
        Asking asking = new Asking();
        asking.round.cancel();
        asking.round.poll(Map.of("asks", true));
        assertEquals(0, asking.calls.get());
        assertEquals(Set.of("runs"), ModelCall.of(drafts.runs()).get(0).begun());
    }

    /** A round with a call that runs until it is let go, and one that asks. */
    private final class Asking {

        final CompletableFuture<ToolAnswer> other = new CompletableFuture<>();
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch answered = new CountDownLatch(1);
        final ToolLoop round;

        Asking() {
            written("runs", "runs");
            written("asks", "asks");
            Map<String, AvailableTool> offers = Map.of(
                    "runs",
                    offer("runs", Permission.ALLOW, (arguments, progress) -> new ToolInvocation(other, () -> {})),
                    "asks",
                    offer("asks", Permission.ASK, this::call));
            Toolbox toolbox = new Toolbox(offers, Set.of(), Duration.ofMinutes(5), executor, new Images(), 32);
            round = new ToolLoop(drafts.draft(), toolbox, then::countDown, waits::countDown);
            round.begin(List.of(new ToolCall("runs", "runs", "{}"), new ToolCall("asks", "asks", "{}")));
        }

        private ToolInvocation call(JsonObject arguments, Consumer<ToolEvent.Progress> progress) {
            calls.incrementAndGet();
            boolean known = ModelCall.of(drafts.runs()).get(0).begun().contains("asks");
            answered.countDown();
            return new ToolInvocation(
                    CompletableFuture.completedFuture(new ToolAnswer(false, "known: " + known, List.of())), () -> {});
        }
    }

    private static AvailableTool offer(String name, Permission permission, AvailableTool.Caller caller) {
        return new AvailableTool(new ToolSpec(name, name, "{\"type\":\"object\"}"), name, permission, caller);
    }
}
