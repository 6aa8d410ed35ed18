package app.patter.provider;

import static java.util.stream.Collectors.joining;

import app.patter.chat.ToolResult;
import app.patter.provider.dialect.Dialects;
import app.patter.provider.http.PayloadSplitter;
import app.patter.provider.http.TooLongException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A stream as a provider sends it, from {@code src/test/resources}. Its name is {@code dialect-what.framing}, and {@code
 * .jsonl} means lines.
 */
public record Sample(String file, byte[] bytes) {

    private static final Path FOLDER = Path.of("src/test/resources/app/patter/provider");

    public static Sample of(String file) {
        try {
            return new Sample(file, Files.readAllBytes(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all of them. */
    public static List<String> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".sse") || file.endsWith(".jsonl"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Dialect dialect() {
        return Dialects.named(file.substring(0, file.indexOf('-')));
    }

    public Dialect.Framing framing() {
        return file.endsWith(".jsonl") ? Dialect.Framing.LINES : Dialect.Framing.EVENTS;
    }

    /** A parser of this dialect, for an answer to one turn. */
    public static AnswerParser parser(Dialect dialect) {
        return dialect.parser(new RequestContext(
                "test/" + dialect.name() + "/m", "1", new ProviderErrors("host:1", null, Origin.SETTINGS, dialect)));
    }

    /** The payloads, one after the other. */
    public List<String> payloads() {
        List<String> payloads = new ArrayList<>();
        PayloadSplitter splitter = PayloadSplitter.of(framing(), payloads::add);
        try {
            splitter.feed(ByteBuffer.wrap(bytes));
            splitter.end();
        } catch (TooLongException e) {
            throw new AssertionError(e);
        }
        return payloads;
    }

    /** All deltas, when everything arrives at once. */
    public List<Delta> read() {
        return read(bytes.length);
    }

    /** The deltas when the bytes arrive in two pieces. */
    public List<Delta> readCut(int at) {
        return read(at, bytes.length);
    }

    /** The deltas when they arrive one by one. */
    public List<Delta> readByteByByte() {
        return read(IntStream.rangeClosed(1, bytes.length).toArray());
    }

    /** The deltas when pieces end at the given places, and the stream at the last of them. */
    public List<Delta> read(int... ends) {
        return read(dialect(), framing(), bytes, AnswerParser::end, ends);
    }

    /**
     * What a parser hands over of a body, up to its end.
     *
     * @param last what the parser is told when no more comes
     * @param ends where the pieces end in which the body arrives
     */
    static List<Delta> read(
            Dialect dialect,
            Dialect.Framing framing,
            byte[] bytes,
            BiConsumer<AnswerParser, Consumer<Delta>> last,
            int... ends) {
        List<Delta> deltas = new ArrayList<>();
        AnswerParser parser = parser(dialect);
        PayloadSplitter splitter = PayloadSplitter.of(framing, data -> {
            if (deltas.stream().noneMatch(Sample::isEnd)) {
                parser.payload(data, deltas::add);
            }
        });
        try {
            int start = 0;
            for (int end : ends) {
                splitter.feed(ByteBuffer.wrap(bytes, start, end - start));
                start = end;
            }
            splitter.end();
        } catch (TooLongException e) {
            throw new AssertionError(e);
        }
        if (deltas.stream().noneMatch(Sample::isEnd)) {
            last.accept(parser, deltas::add);
        }
        return deltas;
    }

    public static boolean isEnd(Delta delta) {
        return delta instanceof Delta.Finished || delta instanceof Delta.Failed;
    }

    /** The deltas of some payloads, without the end of the stream. */
    public static String told(Dialect dialect, String... payloads) {
        List<Delta> deltas = new ArrayList<>();
        AnswerParser parser = parser(dialect);
        for (String payload : payloads) {
            parser.payload(payload, deltas::add);
        }
        return told(deltas);
    }

    public String told() {
        return told(read());
    }

    /** One line for each delta. */
    public static String told(List<Delta> deltas) {
        return deltas.stream().map(delta -> line(delta) + "\n").collect(joining());
    }

    private static String line(Delta delta) {
        if (delta instanceof Delta.Text text) {
            return "text " + text.text().replace("\n", "⏎") + "|";
        } else if (delta instanceof Delta.Reasoning thought) {
            return "reasoning " + thought.text().replace("\n", "⏎") + "|";
        } else if (delta instanceof Delta.ToolStarted started) {
            return "started " + started.id() + " " + started.name();
        } else if (delta instanceof Delta.ToolArguments arguments) {
            return "arguments " + arguments.id() + " " + arguments.json() + "|";
        } else if (delta instanceof Delta.ToolReady ready) {
            return "ready " + ready.call().id() + " " + ready.call().name() + " "
                    + ready.call().arguments();
        } else if (delta instanceof Delta.ToolAnswered answered) {
            ToolResult result = answered.result();
            return (result.failed() ? "failing " : "answered ") + result.call() + " " + result.name() + " "
                    + result.text().replace("\n", "⏎");
        } else if (delta instanceof Delta.SubagentDelta nested) {
            return nested.call() + " > " + line(nested.delta());
        } else if (delta instanceof Delta.HistoryTruncated leftOut) {
            return "left out " + leftOut.messages();
        } else if (delta instanceof Delta.RequestId identified) {
            return "identified " + identified.requestId();
        } else if (delta instanceof Delta.Original kept) {
            return "kept " + kept.message().source() + " " + kept.message().json();
        } else if (delta instanceof Delta.Usage usage) {
            return "usage " + usage.input() + " " + usage.output() + " " + usage.cached() + " " + usage.reasoning();
        } else if (delta instanceof Delta.Finished finished) {
            return "finished " + finished.reason();
        } else if (delta instanceof Delta.Failed failed) {
            return "failed " + failed.kind() + " " + failed.status() + (failed.retryable() ? " retryable" : "");
        }
        throw new AssertionError(delta);
    }
}
