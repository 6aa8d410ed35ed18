package app.patter.provider;

import app.patter.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a call delivers, and notices when the rules of {@link DeltaHandler} are broken. */
public class Recorder implements DeltaHandler {

    private final List<Delta> deltas = new ArrayList<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile String broken = "";
    private volatile Delta end;

    @Override
    public void accept(Delta delta) {
        if (inside.incrementAndGet() != 1) {
            broken = "two threads at once";
        }
        synchronized (this) {
            if (end != null) {
                broken = "after the end: " + delta;
            }
            deltas.add(delta);
        }
        if (delta instanceof Delta.Finished || delta instanceof Delta.Failed) {
            end = delta;
        }
        inside.decrementAndGet();
    }

    /** Waits for the end. */
    public Recorder ended() {
        LoopbackModel.await("the end of the answer", () -> end != null);
        if (!broken.isEmpty()) {
            throw new AssertionError(broken);
        }
        return this;
    }

    public boolean hasEnded() {
        return end != null;
    }

    /** What a person is told. */
    public static String words(Delta.Failed failed) {
        return Messages.english().text(failed.error());
    }

    public Delta.Failed failed() {
        ended();
        if (end instanceof Delta.Failed failed) {
            return failed;
        }
        throw new AssertionError("did not fail: " + end);
    }

    public synchronized List<Delta> deltas() {
        return List.copyOf(deltas);
    }

    public synchronized String text() {
        StringBuilder text = new StringBuilder();
        deltas.forEach(delta -> {
            if (delta instanceof Delta.Text piece) {
                text.append(piece.text());
            }
        });
        return text.toString();
    }

    public synchronized String reasoning() {
        StringBuilder text = new StringBuilder();
        deltas.forEach(delta -> {
            if (delta instanceof Delta.Reasoning piece) {
                text.append(piece.text());
            }
        });
        return text.toString();
    }
}
