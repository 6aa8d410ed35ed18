package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.cluster.Nodes;
import app.patter.container.InContainer;
import app.patter.container.OneContainer;
import app.patter.container.People;
import app.patter.container.Watcher;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.MessageStore;
import app.patter.conversation.Placement;
import app.patter.conversation.Revisions;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEventCodec;
import app.patter.conversation.Transcript;
import app.patter.conversation.Transcripts;
import app.patter.conversation.View;
import app.patter.fixture.Seed;
import app.patter.htmx.Swaps;
import app.patter.journal.AnswerBuffer;
import app.patter.journal.Completion;
import app.patter.journal.Journal;
import app.patter.journal.RecentChanges;
import app.patter.page.MessageView;
import app.patter.page.MessageView.SegmentView;
import app.patter.page.ToolCallView;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inside the server: frames bring a page from any revision to any later one, whichever way they are made. */
@ExtendWith({OneContainer.class, ArquillianExtension.class})
class PageFramesIT {

    private static final String MODEL = "demo/demo";
    private static final List<String> TOKENS = List.of(
            "a",
            " ",
            "\n",
            "\n\n",
            "<b>",
            "&amp;",
            "\"'",
            "\uD83C\uDF0D",
            "word ",
            "\r",
            "</div>",
            "  ",
            "* ",
            "- ",
            "\n- item",
            "\n\n```\n",
            "\n| a | b |\n|---|---|\n| c |",
            "[x]",
            "](https://example.org) ",
            "$x$",
            "`",
            "\n\n# ",
            "\n> ");

    @Inject
    private PageFrames frames;

    @Inject
    private Transcripts transcripts;

    @Inject
    private Fragments fragments;

    @Inject
    private RecentChanges changes;

    @Inject
    private Journal journal;

    @Inject
    private Nodes nodes;

    @Inject
    private MessageStore messageStore;

    @Inject
    private Revisions revisions;

    @Inject
    private People people;

    @Inject
    private Watcher watcher;

    private UUID owner;
    private UUID conversation;

    @Deployment
    static WebArchive deployment() {
        return InContainer.war();
    }

    @BeforeEach
    void somebody() {
        owner = people.somebody();
        conversation = UUID.randomUUID();
    }

    @Test
    void randomReadersOfRandomAnswersShowWhatTheDatabaseHolds() {
        long seed = Seed.Source.next();
        Random random = new Random(seed);
        List<Shown> subscribers = new ArrayList<>();
        List<AnswerBuffer> buffers = new ArrayList<>();
        buffers.add(journal.open(messageStore
                .begin(owner, conversation, UUID.randomUUID(), "first", MODEL, nodes.self())
                .ticket()));
        for (int action = 0; action < 600; action++) {
            AnswerBuffer buffer = buffers.get(random.nextInt(buffers.size()));
            switch (random.nextInt(12)) {
                case 0 -> subscribers.add(new Shown(view(random, buffers)));
                case 1, 2 -> {
                    if (!subscribers.isEmpty()) {
                        subscribers.get(random.nextInt(subscribers.size())).advance("-Dpatter.test.seed=" + seed);
                    }
                }
                case 3 -> journal.save();
                case 4 -> buffers.add(act(random, buffer));
                case 5 -> use(random, buffer);
                default ->
                    buffer.append(
                            random.nextInt(5) == 0 ? SegmentKind.REASONING : SegmentKind.TEXT,
                            TOKENS.get(random.nextInt(TOKENS.size())));
            }
        }
        buffers.forEach(buffer -> buffer.end(Completion.plain(MessageState.DONE))
                .toCompletableFuture()
                .join());
        for (Shown reader : subscribers) {
            reader.advance("-Dpatter.test.seed=" + seed);
        }
        assertTrue(subscribers.size() > 10, "readers: " + subscribers.size());
    }

    /** The newest branch, or one through any of the answers. */
    private static View view(Random random, List<AnswerBuffer> buffers) {
        return random.nextInt(3) > 0
                ? View.NEWEST
                : View.through(
                        buffers.get(random.nextInt(buffers.size())).ticket().message());
    }

    /** Calls a tool, goes on with a call, or hears of one. */
    private static void use(Random random, AnswerBuffer buffer) {
        String call = "call" + random.nextInt(5);
        ToolEvent event =
                switch (random.nextInt(5)) {
                    case 0, 1 -> new ToolEvent.Called(call, call, "tool", "A <tool>", "{\"a\":\n");
                    case 2 -> new ToolEvent.Progressed(call, new ToolEvent.Progress(2, 5.0, "half & half"));
                    case 3 -> new ToolEvent.Said(call, "some\nthing ");
                    default -> new ToolEvent.Ended(call, ToolEvent.Outcome.DONE, 1_200, List.of(), "<b>done</b>\r\n");
                };
        buffer.begin(event.kind(), ToolEventCodec.encode(event));
    }

    /** Stops, sends, tries again or continues; the draft that is written from then on. */
    private AnswerBuffer act(Random random, AnswerBuffer buffer) {
        GenerationTicket message = buffer.ticket();
        switch (random.nextInt(5)) {
            case 0 -> {
                return journal.open(send(Placement.NEWEST));
            }
            case 4 -> {
                UUID answer = message.message();
                return journal.open(send(
                        switch (random.nextInt(3)) {
                            case 0 -> new Placement.After(answer);
                            case 1 -> new Placement.AtEnd(View.through(answer));
                            default -> new Placement.Beside(question(answer));
                        }));
            }
            case 1 -> {
                buffer.end(Completion.plain(random.nextBoolean() ? MessageState.STOPPED : MessageState.WAITING))
                        .toCompletableFuture()
                        .join();
                return journal.open(
                        messageStore.retry(watcher.access(owner, conversation), message.message(), null, nodes.self()));
            }
            case 2 -> {
                buffer.end(Completion.plain(MessageState.FAILED))
                        .toCompletableFuture()
                        .join();
                return messageStore
                        .resume(watcher.access(owner, conversation), message.message(), nodes.self())
                        .map(journal::open)
                        .orElse(buffer);
            }
            default -> {
                messageStore.end(conversation, List.of(message.message()), MessageState.STOPPED);
                return buffer;
            }
        }
    }

    private GenerationTicket send(Placement placement) {
        return messageStore
                .send(watcher.access(owner, conversation), UUID.randomUUID(), placement, "more\n", MODEL, nodes.self())
                .ticket();
    }

    /** What an answer answers. */
    private UUID question(UUID answer) {
        return watcher.read(owner, conversation, View.upTo(answer)).entries().stream()
                .map(Transcript.Entry::message)
                .reduce((before, last) -> last)
                .orElseThrow()
                .parent();
    }

    @Test
    void aReaderThatIsUpToDateGetsOnlyWhatIsNew() {
        AnswerBuffer buffer = journal.open(messageStore
                .begin(owner, conversation, UUID.randomUUID(), "hello", MODEL, nodes.self())
                .ticket());
        buffer.append(SegmentKind.TEXT, "x".repeat(5_000));
        journal.save();
        // Of its own: the one that readers share is forgotten within a second when there are none.
        LiveConversation live = new LiveConversation(conversation, changes, fragments, () -> {});
        live.begin(transcripts
                .missed(watcher.access(owner, conversation), View.NEWEST, 0)
                .orElseThrow());
        long position = revisions.current(conversation);
        buffer.append(SegmentKind.TEXT, "y");
        journal.save();
        assertEquals(
                List.of("<i hx-swap-oob=\"beforeend:#r2-0>:last-child\">y</i>"),
                live.between(position, revisions.current(conversation))
                        .orElseThrow()
                        .pieces());
        buffer.end(Completion.plain(MessageState.DONE));
        journal.save();
    }

    @Test
    void aFrameIsOneLine() {
        AnswerBuffer buffer = journal.open(messageStore
                .begin(owner, conversation, UUID.randomUUID(), "a\r\nb\n\nc", MODEL, nodes.self())
                .ticket());
        buffer.append(SegmentKind.TEXT, "d\n\ne\rf");
        buffer.end(Completion.plain(MessageState.DONE)).toCompletableFuture().join();
        Frame frame = after(View.NEWEST, 0, revisions.current(conversation)).orElseThrow();
        assertTrue(frame.data().indexOf('\n') < 0 && frame.data().indexOf('\r') < 0, frame.data());
    }

    /** As a reader asks: memory first, then the database. */
    private Optional<Frame> after(View view, long position, long upTo) {
        FrameSource source = frames.of(watcher.access(owner, conversation), view);
        Optional<Frame> known = source.cached(position, upTo);
        return known.isPresent() ? known : source.read(position);
    }

    /** A page: opened at some revision, then brought on by frames, as htmx would apply them. */
    private final class Shown {
        private final Document page = Swaps.page("<div id=messages></div><h1 id=title></h1>");
        private final View view;
        private long revision;

        Shown(View view) {
            this.view = view;
            advance("opening");
        }

        void advance(String hint) {
            long current = revisions.current(conversation);
            if (current == revision) {
                return;
            }
            Frame frame = after(view, revision, current).orElseThrow();
            Swaps.apply(page, frame.data(), missing -> {});
            revision = frame.revision();
            check(hint);
        }

        private static String text(Element root, String selector) {
            return String.join(
                    "", root.select(selector).stream().map(Element::wholeText).toList());
        }

        private static List<String> versions(Transcript transcript) {
            return transcript.entries().stream()
                    .filter(entry -> entry.alternatives().size() > 1)
                    .map(entry -> (entry.alternatives().indexOf(entry.message().id()) + 1) + " / "
                            + entry.alternatives().size())
                    .toList();
        }

        /** Nothing is written meanwhile to what has ended; what is being written may be further in the database. */
        private void check(String hint) {
            Transcript transcript = watcher.read(owner, conversation, view);
            if (transcript.revision() != revision) {
                return;
            }
            Map<String, String> expected = new TreeMap<>();
            for (Transcript.Entry entry : transcript.entries()) {
                for (SegmentView run : MessageView.of(entry, "").segments()) {
                    ToolCallView.View card = run.card();
                    if (card == null) {
                        expected.put(run.id(), Swaps.page(run.html()).body().html());
                    } else {
                        expected.put(
                                card.id(),
                                card.status() + " " + card.label() + " "
                                        + text(Swaps.page("<pre>" + card.arguments() + "</pre>"), "pre") + "|"
                                        + text(Swaps.page("<pre>" + card.output() + "</pre>"), "pre"));
                    }
                }
            }
            Map<String, String> shown = new TreeMap<>();
            page.select("#messages .text").forEach(text -> shown.put(text.id(), text.html()));
            page.select("#messages .call")
                    .forEach(card -> shown.put(
                            card.id(),
                            card.attr("data-status") + " "
                                    + card.expectFirst(".phase").ownText() + " " + text(card, ".arguments") + "|"
                                    + text(card, ".output")));
            assertEquals(expected, shown, hint);
            assertEquals(versions(transcript), page.select(".versions span").eachText(), hint);
            assertEquals(
                    transcript.entries().stream()
                            .map(entry -> "m" + entry.message().sequence())
                            .toList(),
                    page.select("#messages > article").eachAttr("id"),
                    hint);
        }
    }
}
