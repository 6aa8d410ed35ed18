package app.patter.server;

import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A model's answer that a test dictates, token by token. */
final class Dictation implements LoopbackModel.Script {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String name = "dictation-" + NUMBER.incrementAndGet();
    private final BlockingQueue<LoopbackModel.Script> steps = new LinkedBlockingQueue<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean over;
    private volatile boolean begun;

    /** One that the model plays for prompts with {@link #prompt}. */
    static Dictation at(LoopbackModel model) {
        Dictation dictation = new Dictation();
        model.script(dictation.name, dictation);
        return dictation;
    }

    /** What to ask to get this answer. */
    String prompt() {
        return "Please [" + name + "]";
    }

    @Override
    public void play(LoopbackModel.Answer answer) throws IOException, InterruptedException {
        asked.countDown();
        int silent = 0;
        try {
            while (!over) {
                LoopbackModel.Script step = steps.poll(500, TimeUnit.MILLISECONDS);
                if (step != null) {
                    step.play(answer);
                    silent = 0;
                } else if (++silent > 120) {
                    throw new IOException("nothing more was dictated");
                } else if (begun) {
                    answer.piece(": the one who dictates thinks\n\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } finally {
            closed.countDown();
        }
    }

    /** Lets the answer begin. */
    Dictation begin() {
        steps.add(answer -> {
            answer.stream();
            begun = true;
        });
        return this;
    }

    /** Waits until all was played and the model has closed the connection. */
    void awaitPlayed() throws InterruptedException {
        if (!closed.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the model has not said all within 30 s");
        }
    }

    Dictation text(String token) {
        steps.add(answer -> answer.text(token));
        return this;
    }

    Dictation finish() {
        steps.add(answer -> {
            over = true;
            answer.finish("stop").done();
        });
        return this;
    }

    /** Sends tokens until the other side has closed the connection. */
    Dictation untilClosed(String token) {
        steps.add(answer -> {
            over = true;
            for (int i = 0; i < 3_000; i++) {
                answer.text(token).pause(10);
            }
        });
        return this;
    }

    Dictation awaitAsked() {
        Until.holds("the model is asked", () -> asked.getCount() == 0);
        return this;
    }

    /** Waits until the answer is over, from this side or the other. */
    Dictation awaitClosed() {
        Until.holds("the model's connection ends", () -> closed.getCount() == 0);
        return this;
    }
}
