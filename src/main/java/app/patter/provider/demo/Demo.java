package app.patter.provider.demo;

import app.patter.chat.ChatMessage;
import app.patter.provider.ChatRequest;
import app.patter.provider.Delta;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Provider;
import app.patter.provider.ProviderErrors;
import app.patter.provider.http.SerialDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The provider that is always there: no language model, but a search that answers at the pace of one. */
public final class Demo implements Provider {

    public static final String ID = "demo";
    public static final String LABEL = "Demo (no AI)";
    public static final String MODEL = "demo";

    private static final String OTHERS_TEXT =
            "\n\nThis text was begun by a language model, which the demo cannot go on with. Its own answer:\n\n";

    private final Supplier<List<Document>> documentation;
    private final long wordsPerSecond;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Set<Playback> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Split split;

    /** The documentation as it was given, and as it is searched. */
    private record Split(List<Document> documents, SentenceIndex index) {}

    public Demo(
            Supplier<List<Document>> documentation,
            long wordsPerSecond,
            Executor executor,
            ScheduledExecutorService timer) {
        this.documentation = documentation;
        this.wordsPerSecond = wordsPerSecond;
        this.executor = executor;
        this.timer = timer;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String label() {
        return LABEL;
    }

    @Override
    public CompletableFuture<List<String>> list() {
        return CompletableFuture.completedFuture(List.of(MODEL));
    }

    @Override
    public Call ask(ChatRequest request, DeltaHandler handler) {
        Playback playback = new Playback(() -> answer(request), new SerialDelivery(handler));
        open.add(playback);
        playback.run(playback::begin);
        return playback;
    }

    /** Ends the answers under way. */
    public void close() {
        open.forEach(playback -> playback.end(ProviderErrors.closing()));
    }

    private List<Delta> answer(ChatRequest request) {
        List<ChatMessage> messages = request.messages();
        if (!request.continues()) {
            DemoAnswer answer = DemoAnswer.to(messages, documentationIndex());
            List<Delta> tokens = new ArrayList<>();
            answer.steps().forEach(step -> tokens(step).forEach(token -> tokens.add(new Delta.Reasoning(token))));
            tokens(answer.text()).forEach(token -> tokens.add(new Delta.Text(token)));
            return tokens;
        }
        String begun = messages.get(messages.size() - 1).text();
        String whole = DemoAnswer.to(messages.subList(0, messages.size() - 1), documentationIndex())
                .text();
        String rest = whole.startsWith(begun) ? whole.substring(begun.length()) : OTHERS_TEXT + whole;
        return tokens(rest).stream().<Delta>map(Delta.Text::new).toList();
    }

    private SentenceIndex documentationIndex() {
        List<Document> documents = documentation.get();
        Split known = split;
        if (known == null || !known.documents().equals(documents)) {
            known = new Split(
                    List.copyOf(documents),
                    SentenceIndex.of(documents.stream()
                            .map(page -> SourceText.of("Patter documentation: " + page.title(), false, page.text()))
                            .toList()));
            split = known;
        }
        return known.index();
    }

    /** Pieces of about a word, each with the blanks before it, as models make them. */
    static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int start = 0;
        for (int i = 1; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i)) && !Character.isWhitespace(text.charAt(i - 1))) {
                tokens.add(text.substring(start, i));
                start = i;
            }
        }
        if (start < text.length()) {
            tokens.add(text.substring(start));
        }
        return tokens;
    }

    /** One answer on its way. Its steps follow each other on the executor; none waits. */
    private final class Playback implements Call {

        private final Supplier<List<Delta>> answer;
        private final SerialDelivery delivery;
        private List<Delta> tokens = List.of();
        private int next;
        private long start;

        Playback(Supplier<List<Delta>> answer, SerialDelivery delivery) {
            this.answer = answer;
            this.delivery = delivery;
        }

        void begin() {
            if (delivery.isOver()) {
                return;
            }
            tokens = answer.get();
            start = System.nanoTime();
            step();
        }

        /** Hands over what is due by now; the pace counts from the start, so that late timers do not slow it down. */
        private void step() {
            delivery.during(() -> {
                do {
                    if (next == tokens.size()) {
                        delivery.accept(new Delta.Finished("stop"));
                        return;
                    }
                    delivery.accept(tokens.get(next++));
                } while (!delivery.isOver() && dueIn() <= 0);
            });
            if (delivery.isOver()) {
                open.remove(this);
            } else {
                delivery.whenReady(this::pause);
            }
        }

        private void pause() {
            long wait = dueIn();
            if (wait < -TimeUnit.SECONDS.toNanos(1)) {
                start -= wait; // the receiver was full for long: no flood to make up for it
            }
            try {
                var unused = timer.schedule(() -> run(this::step), Math.max(0, wait), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                end(ProviderErrors.closing());
            }
        }

        /** Nanoseconds until the next token is due; negative if it is late. */
        private long dueIn() {
            return start + next * TimeUnit.SECONDS.toNanos(1) / wordsPerSecond - System.nanoTime();
        }

        void run(Runnable work) {
            try {
                executor.execute(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        end(ProviderErrors.brokenDemo(e)); // nobody else would tell the receiver
                    }
                });
            } catch (RejectedExecutionException e) {
                end(ProviderErrors.closing());
            }
        }

        @Override
        public void cancel() {
            end(ProviderErrors.cancelled());
        }

        void end(Delta.Failed reason) {
            delivery.end(reason);
            open.remove(this);
        }
    }
}
