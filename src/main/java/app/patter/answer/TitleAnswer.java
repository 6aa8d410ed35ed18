package app.patter.answer;

import app.patter.provider.Delta;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Provider;
import app.patter.text.Graphemes;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Listens to a model that was asked for a title, and hands it over if there is a usable one. */
final class TitleAnswer implements DeltaHandler {

    /** A model that has said so much is not writing a title. */
    private static final int ENOUGH = 1_000;

    /** Code points of a title. */
    private static final int LONGEST = 60;

    private static final Pattern THOUGHT = Pattern.compile("<think>.*?(</think>|$)", Pattern.DOTALL);
    private static final Pattern NAMED =
            Pattern.compile("^(title|titel|titre|título|titolo)\\s*:\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern MARKS_BEFORE = Pattern.compile("^[#*_`\"'“”„«»‘’\\s]+");
    private static final String MARKS_AFTER = "*_`\"'“”„«»‘’.";

    private final Consumer<String> titled;
    private final StringBuilder said = new StringBuilder();
    private Provider.@Nullable Call call;

    TitleAnswer(Consumer<String> titled) {
        this.titled = titled;
    }

    /** The connection that was opened; closed when the model says too much. */
    synchronized void runs(Provider.Call opened) {
        call = opened;
    }

    @Override
    public void accept(Delta delta) {
        if (delta instanceof Delta.Text text) {
            said.append(text.text());
            if (said.length() > ENOUGH) {
                giveUp();
            }
        } else if (delta instanceof Delta.TextWasReasoning) {
            said.setLength(0);
        } else if (delta instanceof Delta.Finished && said.length() <= ENOUGH) {
            String title = title(said.toString());
            if (!title.isEmpty()) {
                titled.accept(title);
            }
        } else if (delta instanceof Delta.Failed failed) {
            Titles.failed(failed);
        }
    }

    private synchronized void giveUp() {
        if (call != null) {
            call.cancel();
        }
    }

    private static String withoutMarksAfter(String line) {
        int end = line.length();
        while (end > 0
                && (MARKS_AFTER.indexOf(line.charAt(end - 1)) >= 0 || Character.isWhitespace(line.charAt(end - 1)))) {
            end--;
        }
        return line.substring(0, end);
    }

    /** The title in what a model said; empty if there is none. */
    static String title(String said) {
        String line = THOUGHT.matcher(said)
                .replaceAll("")
                .lines()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
        String bare = MARKS_BEFORE.matcher(line).replaceFirst("");
        bare = MARKS_BEFORE.matcher(NAMED.matcher(bare).replaceFirst("")).replaceFirst("");
        bare = withoutMarksAfter(bare).replaceAll("\\s+", " ");
        if (bare.codePointCount(0, bare.length()) <= LONGEST) {
            return bare;
        }
        return Graphemes.beginning(bare, LONGEST - 1).strip() + "…";
    }
}
