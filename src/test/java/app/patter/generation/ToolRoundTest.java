package app.patter.generation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.conversation.Assignment;
import app.patter.conversation.Round;
import app.patter.journal.Drafts;
import app.patter.tool.Images;
import app.patter.tool.Offer;
import app.patter.tool.Permission;
import app.patter.tool.Running;
import app.patter.upstream.Tool;
import app.patter.upstream.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ToolRoundTest {

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Drafts drafts =
            new Drafts(new Assignment(UUID.randomUUID(), UUID.randomUUID(), 2, 1, "a/b", 0, null, -1, 0));
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch then = new CountDownLatch(1);

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
        return new ToolRound(drafts.draft(), toolbox, then::countDown);
    }

    private static List<ToolCall> calls() {
        return List.of(new ToolCall("c", "silent", "{}"));
    }

    @Test
    void whateverToolItIsACallThatTakesTooLongIsCancelledAndToldAsFailed() throws InterruptedException {
        CallWriter writer = new CallWriter(drafts.draft(), name -> name);
        writer.started("c", "silent");
        writer.close();
        round(Duration.ofMillis(20)).begin(calls());
        then.await();
        cancelled.await();
        String told = Round.of(drafts.runs()).get(0).results().get("c").text();
        assertEquals("The tool did not answer within 0 s.", told);
    }

    @Test
    void afterStopNothingFollows() throws InterruptedException {
        ToolRound round = round(Duration.ofMinutes(5));
        round.begin(calls());
        begun.await();
        round.cancel();
        cancelled.await();
        assertEquals(1, then.getCount());
        assertTrue(drafts.runs().isEmpty());
    }
}
