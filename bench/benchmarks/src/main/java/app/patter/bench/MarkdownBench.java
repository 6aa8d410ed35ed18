package app.patter.bench;

import app.patter.markdown.LiveMarkdown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to render a growing answer, flush by flush, as 50 tokens a second make it with a flush every 50 ms: two and
 * three tokens in turn. One thread, nothing else of Patter. That a flush of 10,000 tokens costs what one of 1,000 does
 * shows that the cost does not grow with the text.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class MarkdownBench {

    /** What the answer is made of. */
    @Param({"prose", "list", "nested", "table", "code", "everything", "paragraph"})
    public String text = "";

    /** How long it is. */
    @Param({"1000", "10000"})
    public int length;

    /** {@code data: } and the empty line. */
    private static final int FRAME = 8;

    private static final Pattern TOKEN =
            Pattern.compile(" ?\\p{L}{1,7}|\\p{N}{1,3}|\\n+| +(?=\\S)|[^\\s\\p{L}\\p{N}]{1,3}|.", Pattern.DOTALL);

    private static final String[] WORDS = ("the a server stream token model response when data each value that which"
                    + " request buffer memory thread latency render block cache because however result commit parse line"
                    + " fragment browser layout window session queue event virtual timeout connection handler returns"
                    + " small large often context about between without under over error pattern example should would")
            .split(" ");

    private final Random random = new Random(42);
    private final List<String> flushes = new ArrayList<>();
    private LiveMarkdown live = new LiveMarkdown("r12-1");
    private int next;

    /** Writes the answer, and tells how many bytes readers are sent for it. */
    @Setup(Level.Trial)
    public void write() {
        List<String> tokens =
                switch (text) {
                    case "prose" -> tokens("", this::prose);
                    case "list" -> tokens("", this::item);
                    case "nested" -> tokens("", this::nested);
                    case "table" -> tokens("| name | what | why |\n|---|---:|---|\n", this::row);
                    case "code" -> tokens("```java\n", this::code);
                    case "everything" -> tokens("", this::mixed);
                    case "paragraph" -> tokens("", () -> words(12) + ". ");
                    default -> throw new IllegalArgumentException("no text \"" + text + "\"");
                };
        for (int at = 0; at < length; ) {
            int end = Math.min(length, at + 2 + flushes.size() % 2);
            flushes.add(String.join("", tokens.subList(at, end)));
            at = end;
        }
        LiveMarkdown once = new LiveMarkdown("r12-1");
        long bytes = flushes.stream().mapToLong(more -> size(once.append(more))).sum() + size(once.end());
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f bytes per token, of them text %.1f%n",
                text,
                (double) bytes / length,
                (double) String.join("", flushes).length() / length);
    }

    /** One flush; after the last one of the answer the first of the next. */
    @Benchmark
    public String flush() {
        if (next == flushes.size()) {
            live = new LiveMarkdown("r12-1");
            next = 0;
        }
        return live.append(flushes.get(next++));
    }

    /** The tokens of a text that begins with a head and goes on with parts. */
    private List<String> tokens(String head, Supplier<String> part) {
        StringBuilder written = new StringBuilder(head);
        while (written.length() < length * 7) {
            written.append(part.get());
        }
        List<String> tokens = new ArrayList<>();
        Matcher found = TOKEN.matcher(written);
        while (tokens.size() < length && found.find()) {
            tokens.add(found.group());
        }
        return tokens;
    }

    private static int size(String operations) {
        return operations.isEmpty() ? 0 : operations.getBytes(StandardCharsets.UTF_8).length + FRAME;
    }

    private String mixed() {
        return switch (random.nextInt(8)) {
            case 0 -> nested() + "\n";
            case 1 -> "```java\n" + code() + code() + code() + "```\n\n";
            case 2 -> "| a | b | c |\n|---|---|---|\n" + row() + row() + row() + "\n";
            case 3 -> "> " + words(9) + "\n\n";
            default -> prose();
        };
    }

    private String prose() {
        StringBuilder prose = new StringBuilder(random.nextInt(5) == 0 ? "## " + words(4) + "\n\n" : "");
        for (int sentence = random.nextInt(4); sentence >= 0; sentence--) {
            prose.append(words(8 + random.nextInt(14))).append(sentence == 0 ? ".\n\n" : ". ");
        }
        return prose.toString();
    }

    private String item() {
        return "- **" + word() + "**: " + words(5 + random.nextInt(14)) + ".\n";
    }

    private String nested() {
        return "1. " + words(9) + "\n   - " + words(7) + "\n   - " + words(8) + "\n\n   ```sh\n   npm run " + word()
                + "\n   ```\n";
    }

    private String row() {
        return "| " + words(3) + " | " + random.nextInt(10_000) + " | `" + word() + "` " + words(2) + " |\n";
    }

    private String code() {
        return "    var " + word() + " = " + word() + "." + word() + "(\"" + word() + "\", i++); // " + words(3) + "\n";
    }

    private String words(int count) {
        StringBuilder words = new StringBuilder(word());
        for (int more = 1; more < count; more++) {
            words.append(' ').append(marked(word()));
        }
        return words.toString();
    }

    private String marked(String word) {
        return switch (random.nextInt(40)) {
            case 0 -> "**" + word + " " + word() + "**";
            case 1 -> "`" + word + "()`";
            case 2 -> "*" + word + "*";
            case 3 -> "[" + word + " docs](https://example.org/" + word + ")";
            case 4 -> word + ",";
            default -> word;
        };
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }
}
