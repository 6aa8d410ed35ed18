package app.patter.browser;

import app.patter.provider.LoopbackModel;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The model {@code told}: it says what the test lets it say, when the test lets it. */
final class Teller {

    static final String MODEL = "openai/told";

    private final BlockingQueue<Telling> waiting = new LinkedBlockingQueue<>();
    private final List<Telling> all = new CopyOnWriteArrayList<>();

    void play(LoopbackModel.Answer answer) throws InterruptedException {
        Telling telling = new Telling(answer);
        all.add(telling);
        waiting.add(telling);
        telling.untilOver();
    }

    /** The next answer that Patter asks for; waits for the question. */
    Telling asked() {
        try {
            Telling next = waiting.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("Patter did not ask the model");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** How often Patter has asked. */
    int questions() {
        return all.size();
    }

    /** Lets go of what no test waits for any more. */
    void close() {
        all.forEach(Telling::leaves);
    }
}
