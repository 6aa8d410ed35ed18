package app.patter.model;

import app.patter.chat.ChatMessage;
import app.patter.chat.Role;
import app.patter.markdown.PlainText;
import app.patter.provider.Delta;
import app.patter.provider.Provider;
import app.patter.text.Messages;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets a model say one sentence into a page, with the times that it took. For one thread. */
final class ModelTest {

    private static final List<ChatMessage> QUESTION =
            List.of(new ChatMessage(Role.USER, "Say hello in one short sentence, so that we see that you are there."));

    /** Milliseconds without news after which it is found out whether somebody is still there. */
    private static final long PULSE = 1_000;

    /** Characters after which there is nothing more to learn. */
    private static final int ENOUGH = 2_000;

    private final Writer page;
    private final long start = System.nanoTime();
    private long firstToken;
    private long firstText;
    private int shown;
    private Delta.@Nullable Usage usage;

    ModelTest(Writer page) {
        this.page = page;
    }

    /** Returns when the model has said all, has failed, or has said enough; throws when nobody reads any more. */
    void run(ModelRegistry models, String model) throws IOException, InterruptedException {
        BlockingQueue<Delta> received = new LinkedBlockingQueue<>();
        Provider.Call call = models.ask(Payer.operator(), model, QUESTION, received::add);
        try {
            page.write("<div class=\"said\">");
            boolean goesOn = true;
            while (goesOn) {
                Delta delta = received.poll(PULSE, TimeUnit.MILLISECONDS);
                if (delta == null) {
                    page.write(' ');
                } else {
                    goesOn = take(delta);
                }
                if (received.isEmpty()) {
                    page.flush();
                }
            }
        } finally {
            call.cancel();
        }
    }

    private boolean take(Delta delta) throws IOException {
        if (delta instanceof Delta.Reasoning) {
            firstToken = firstToken == 0 ? System.nanoTime() : firstToken;
        } else if (delta instanceof Delta.Text text) {
            return say(text.text());
        } else if (delta instanceof Delta.Usage counted) {
            usage = counted;
        } else if (delta instanceof Delta.Finished) {
            end();
            return false;
        } else if (delta instanceof Delta.Failed failed) {
            page.write("</div>" + problem(Messages.english().text(failed.error())));
            page.write(firstToken == 0 ? "" : "<p class=\"times\">" + times() + "</p>");
            return false;
        }
        return true;
    }

    private boolean say(String text) throws IOException {
        firstText = firstText == 0 ? System.nanoTime() : firstText;
        firstToken = firstToken == 0 ? firstText : firstToken;
        page.write(PlainText.html(text));
        shown += text.length();
        if (shown > ENOUGH) {
            page.write("…");
            end();
        }
        return shown <= ENOUGH;
    }

    private void end() throws IOException {
        if (shown == 0) {
            page.write("</div>" + problem(ModelTestText.SILENT.words()));
            return;
        }
        page.write("</div><p class=\"times\" role=\"status\"><strong>" + PlainText.html(ModelTestText.WORKS.words())
                + "</strong> " + times() + "</p>");
    }

    /** A paragraph that tells what is wrong. */
    static String problem(String words) {
        return "<p class=\"problem\" role=\"alert\">" + PlainText.html(words) + "</p>";
    }

    private String times() {
        String over = since(System.nanoTime());
        String told = firstText > firstToken
                ? ModelTestText.TIMES_REASONING.words(since(firstToken), since(firstText), over)
                : ModelTestText.TIMES.words(since(firstToken), over);
        return PlainText.html(
                usage == null ? told : told + ' ' + ModelTestText.USAGE.words(usage.input(), usage.output()));
    }

    private String since(long moment) {
        long millis = TimeUnit.NANOSECONDS.toMillis(moment - start);
        return millis < 1_000 ? millis + " ms" : String.format(Locale.ENGLISH, "%.1f s", millis / 1000.0);
    }
}
