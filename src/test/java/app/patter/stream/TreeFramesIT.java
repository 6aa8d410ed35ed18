package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.chat.Role;
import app.patter.cluster.Nodes;
import app.patter.container.InContainer;
import app.patter.container.OneContainer;
import app.patter.container.People;
import app.patter.conversation.Access;
import app.patter.conversation.CatchUp;
import app.patter.conversation.Conversations;
import app.patter.conversation.Corrections;
import app.patter.conversation.Deletions;
import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.MessageStore;
import app.patter.conversation.Placement;
import app.patter.conversation.Revisions;
import app.patter.conversation.Transcript;
import app.patter.conversation.Transcripts;
import app.patter.conversation.View;
import app.patter.conversation.WrongMessageException;
import app.patter.fixture.Seed;
import app.patter.htmx.Swaps;
import app.patter.page.MessageView;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inside the server: pages of random branches follow what is sent, edited, tried again, deleted and brought back. */
@ExtendWith({OneContainer.class, ArquillianExtension.class})
class TreeFramesIT {

    private static final String MODEL = "demo/demo";

    @Inject
    private PageFrames frames;

    @Inject
    private Transcripts transcripts;

    @Inject
    private Conversations conversations;

    @Inject
    private MessageStore messageStore;

    @Inject
    private Corrections corrections;

    @Inject
    private Deletions deletions;

    @Inject
    private Revisions revisions;

    @Inject
    private Nodes nodes;

    @Inject
    private People people;

    private Access access;
    private UUID conversation;
    private final List<Long> deleted = new ArrayList<>();
    private final List<UUID> messages = new ArrayList<>();

    @Deployment
    static WebArchive deployment() {
        return InContainer.war();
    }

    @Test
    void randomReadersOfRandomBranchesShowWhatIsThere() {
        long seed = Seed.Source.next();
        Random random = new Random(seed);
        String hint = "-Dpatter.test.seed=" + seed;
        conversation = UUID.randomUUID();
        access = conversations.create(people.somebody(), conversation, "Tree").access();
        send(Placement.NEWEST);
        List<Shown> pages = new ArrayList<>();
        for (int action = 0; action < 400; action++) {
            switch (random.nextInt(4)) {
                case 0 ->
                    pages.add(new Shown(
                            random.nextInt(3) == 0
                                    ? View.NEWEST
                                    : View.through(messages.get(random.nextInt(messages.size())))));
                case 1 -> {
                    if (!pages.isEmpty()) {
                        pages.get(random.nextInt(pages.size())).advance(hint);
                    }
                }
                default -> act(random);
            }
        }
        pages.forEach(page -> page.advance(hint));
        while (!deleted.isEmpty()) {
            undo(deleted.remove(random.nextInt(deleted.size())));
        }
        pages.forEach(page -> page.advance(hint));
        assertTrue(pages.size() > 10, "pages: " + pages.size());
    }

    private void act(Random random) {
        List<Transcript.Entry> there =
                read(View.NEWEST).map(Transcript::entries).orElse(List.of());
        if (there.isEmpty()) {
            send(Placement.NEWEST);
            return;
        }
        Transcript.Entry entry = there.get(random.nextInt(there.size()));
        UUID message = entry.message().id();
        boolean question = entry.message().role() == Role.USER;
        switch (random.nextInt(8)) {
            case 0, 1 -> send(Placement.NEWEST);
            case 2 -> {
                if (question) {
                    send(new Placement.Beside(message));
                } else {
                    send(new Placement.After(message));
                }
            }
            case 3 -> {
                if (question) {
                    corrections.correct(access, message, "corrected " + random.nextInt());
                } else {
                    stop(messageStore.retry(access, message, null, nodes.self()));
                }
            }
            case 4, 5 ->
                deleted.add(deletions
                        .delete(
                                access,
                                message,
                                random.nextBoolean() ? Deletions.Scope.EXCHANGE : Deletions.Scope.BRANCH)
                        .revision());
            case 6 -> {
                if (!deleted.isEmpty()) {
                    undo(deleted.remove(random.nextInt(deleted.size())));
                }
            }
            default -> send(new Placement.AtEnd(View.through(message)));
        }
    }

    /** All of it may be back already: a question comes back with its answers. */
    private void undo(long revision) {
        try {
            deletions.undo(access, revision);
        } catch (WrongMessageException e) {
            assertEquals(WrongMessageException.Reason.GONE, e.reason());
        }
    }

    private void send(Placement placement) {
        MessageStore.Sent sent =
                messageStore.send(access, UUID.randomUUID(), placement, "question", MODEL, nodes.self());
        messages.add(sent.message());
        messages.add(sent.ticket().message());
        stop(sent.ticket());
    }

    private void stop(GenerationTicket answer) {
        messageStore.end(conversation, List.of(answer.message()), MessageState.STOPPED);
    }

    /** What a fresh page shows; empty if the message of the view has been deleted. */
    private Optional<Transcript> read(View view) {
        try {
            return transcripts.read(access, view);
        } catch (WrongMessageException e) {
            return Optional.empty();
        }
    }

    /** A page that is brought on by frames, and fetches itself anew when it is told to. */
    private final class Shown {
        private final View view;
        private Document page = Swaps.page("<div id=messages></div><h1 id=title></h1>");
        private long revision;

        Shown(View view) {
            this.view = view;
            advance("opening");
        }

        void advance(String hint) {
            FrameSource source = frames.of(access, view);
            long current = revisions.current(conversation);
            while (revision < current) { // what others at this position got a moment ago may lead only part of the way
                advance(source, hint);
            }
            check(hint);
        }

        private void advance(FrameSource source, String hint) {
            Frame frame = source.read(revision).orElseThrow();
            if (frame.data().equals(Fragments.RELOAD)) {
                page = Swaps.page("<div id=messages></div><h1 id=title></h1>");
                frame = source.read(0).orElseThrow();
            }
            List<String> misses = new ArrayList<>();
            Swaps.apply(page, frame.data(), missing -> {
                if (!missing.startsWith("delete")) {
                    misses.add(missing);
                }
            });
            assertEquals(List.of(), misses, hint);
            revision = frame.revision();
        }

        private void check(String hint) {
            CatchUp all = transcripts.missed(access, view, 0).orElseThrow();
            List<Transcript.Entry> expected =
                    read(view).map(Transcript::entries).orElse(all.added());
            assertEquals(ids(expected), ids(all.added()), hint);
            assertEquals(ids(expected), page.select("#messages > article").eachAttr("id"), hint);
            assertEquals(
                    expected.stream()
                            .flatMap(entry -> MessageView.of(entry, "").segments().stream())
                            .map(MessageView.SegmentView::html)
                            .toList(),
                    page.select("#messages .text").eachText(),
                    hint);
            assertEquals(
                    expected.stream()
                            .filter(entry -> entry.alternatives().size() > 1)
                            .map(entry -> (entry.alternatives()
                                                    .indexOf(entry.message().id())
                                            + 1) + " / " + entry.alternatives().size())
                            .toList(),
                    page.select(".versions span").eachText(),
                    hint);
        }

        private static List<String> ids(List<Transcript.Entry> entries) {
            return entries.stream()
                    .map(entry -> "m" + entry.message().sequence())
                    .toList();
        }
    }
}
