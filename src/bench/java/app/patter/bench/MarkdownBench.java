package app.patter.bench;

import app.patter.markdown.LiveMarkdown;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures what it costs to render a growing answer, flush by flush, as 50 tokens a second make it with a flush every
 * 50 ms: two and three tokens in turn. One thread, nothing else of Patter.
 */
public final class MarkdownBench {

    private static final int WARMING = Integer.getInteger("bench.warming", 40);

    /** How many flushes are measured of each kind and length, at least. */
    private static final int FLUSHES = Integer.getInteger("bench.flushes", 40_000);

    private static final int TOKENS = 10_000;

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

    /** Prints a table; its growth compares the last tenth of each text with the first, as the same code ran both. */
    public static void main(String[] arguments) {
        MarkdownBench bench = new MarkdownBench();
        Map<String, List<String>> texts = new LinkedHashMap<>();
        texts.put("prose", bench.tokens("", bench::prose));
        texts.put("one list", bench.tokens("", bench::item));
        texts.put("one nested list", bench.tokens("", bench::nested));
        texts.put("one table", bench.tokens("| name | what | why |\n|---|---:|---|\n", bench::row));
        texts.put("one code block", bench.tokens("```java\n", bench::code));
        texts.put("everything", bench.tokens("", bench::mixed));
        texts.put("one paragraph", bench.tokens("", () -> bench.words(12) + ". "));
        for (int round = 0; round < WARMING; round++) {
            texts.values().forEach(tokens -> run(tokens.subList(0, 3_000), new ArrayList<>()));
        }
        System.out.println("| | tokens | µs per flush | p99 | last tenth / first | bytes per token | of them text |\n"
                + "|---|--:|--:|--:|--:|--:|--:|");
        texts.forEach((name, tokens) -> {
            measure(name, tokens.subList(0, 1_000));
            measure(name, tokens);
        });
    }

    private static void measure(String name, List<String> tokens) {
        List<Long> times = new ArrayList<>();
        long bytes = 0;
        double first = 0;
        double last = 0;
        while (times.size() < FLUSHES) {
            int from = times.size();
            bytes = run(tokens, times);
            int tenth = (times.size() - from) / 10;
            first += sum(times.subList(from, from + tenth));
            last += sum(times.subList(times.size() - tenth, times.size()));
        }
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.println(String.format(
                Locale.ROOT,
                "| %s | %,d | %.1f | %.0f | %.2f | %.1f | %.1f |",
                name,
                tokens.size(),
                Arrays.stream(sorted).average().orElse(0) / 1_000,
                sorted[sorted.length * 99 / 100] / 1_000.0,
                last / first,
                (double) bytes / tokens.size(),
                String.join("", tokens).length() / (double) tokens.size()));
    }

    private static double sum(List<Long> times) {
        return times.stream().mapToLong(Long::longValue).sum();
    }

    /** The 10,000 tokens of a text that begins with a head and goes on with parts. */
    private List<String> tokens(String head, Supplier<String> part) {
        StringBuilder text = new StringBuilder(head);
        while (text.length() < TOKENS * 7) {
            text.append(part.get());
        }
        List<String> tokens = new ArrayList<>();
        Matcher found = TOKEN.matcher(text);
        while (tokens.size() < TOKENS && found.find()) {
            tokens.add(found.group());
        }
        return tokens;
    }

    /** Follows a text; returns how many bytes readers were sent. */
    private static long run(List<String> tokens, List<Long> times) {
        LiveMarkdown live = new LiveMarkdown("r12-1");
        long bytes = 0;
        int at = 0;
        for (int flush = 0; at < tokens.size(); flush++) {
            int end = Math.min(tokens.size(), at + 2 + flush % 2);
            String more = String.join("", tokens.subList(at, end));
            long begin = System.nanoTime();
            String operations = live.append(more);
            times.add(System.nanoTime() - begin);
            bytes += size(operations);
            at = end;
        }
        return bytes + size(live.end());
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
        StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "## " + words(4) + "\n\n" : "");
        for (int sentence = random.nextInt(4); sentence >= 0; sentence--) {
            text.append(words(8 + random.nextInt(14))).append(sentence == 0 ? ".\n\n" : ". ");
        }
        return text.toString();
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
        StringBuilder text = new StringBuilder(word());
        for (int more = 1; more < count; more++) {
            text.append(' ').append(marked(word()));
        }
        return text.toString();
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
