package app.patter.browser;

import app.patter.provider.Calling;
import app.patter.provider.LoopbackModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/** One answer of the {@link Teller}, told bit by bit. */
final class Telling {

    private final LoopbackModel.Answer answer;
    private final CountDownLatch over = new CountDownLatch(1);
    private boolean begun;

    Telling(LoopbackModel.Answer answer) {
        this.answer = answer;
    }

    void untilOver() throws InterruptedException {
        over.await();
    }

    /** The body of the question, as JSON. */
    String question() {
        return answer.request().body();
    }

    Telling thinks(String text) {
        return says(() -> answer.reasoning(text));
    }

    Telling writes(String text) {
        return says(() -> answer.text(text));
    }

    /** Calls a tool, its arguments in small pieces. */
    Telling calls(int index, String id, String tool, String arguments) {
        return says(() -> Calling.call(answer, index, id, tool, arguments));
    }

    /** Sends one event as it is. */
    Telling sends(String event) {
        return says(() -> answer.event(event));
    }

    /** Ends the answer so that the tools are called. */
    void finishesWithCalls() {
        says(() -> answer.finish("tool_calls").done());
        leaves();
    }

    /** Writes {@code from}, {@code from + 1} … up to {@code to}, a word and a token each. */
    Telling counts(int from, int to) {
        for (int number = from; number <= to; number++) {
            writes("word" + number + " ");
        }
        return this;
    }

    /** What {@link #counts} writes, without the space at its end. */
    static String counted(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int number = from; number <= to; number++) {
            text.append("word").append(number).append(' ');
        }
        return text.toString().strip();
    }

    void finishes() {
        says(() -> answer.finish("stop").done());
        leaves();
    }

    /** Answers with an error of its own instead of text. */
    void refuses(int status, String json) {
        try {
            answer.status(status, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        leaves();
    }

    /** Goes away without a word. */
    void leaves() {
        over.countDown();
    }

    private interface Saying {
        void say() throws IOException;
    }

    private Telling says(Saying saying) {
        try {
            if (!begun) {
                answer.stream();
                begun = true;
            }
            saying.say();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("Patter does not listen to this answer any more", e);
        }
    }
}
