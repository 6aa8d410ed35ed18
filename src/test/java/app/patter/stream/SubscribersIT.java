package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.cluster.Nodes;
import app.patter.container.InContainer;
import app.patter.container.OneContainer;
import app.patter.container.People;
import app.patter.container.Watcher;
import app.patter.conversation.MessageState;
import app.patter.conversation.MessageStore;
import app.patter.conversation.Revisions;
import app.patter.conversation.SegmentKind;
import app.patter.journal.AnswerBuffer;
import app.patter.journal.Completion;
import app.patter.journal.Journal;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inside the server: who follows a conversation misses none of its revisions. */
@ExtendWith({OneContainer.class, ArquillianExtension.class})
class SubscribersIT {

    @Inject
    private Subscribers subscribers;

    @Inject
    private Revisions revisions;

    @Inject
    private Journal journal;

    @Inject
    private Nodes nodes;

    @Inject
    private MessageStore messageStore;

    @Inject
    private People people;

    @Deployment
    static WebArchive deployment() {
        return InContainer.war();
    }

    @Test
    void whoListensIsToldOfWhatWasAndWhatIsSaved() {
        UUID conversation = UUID.randomUUID();
        AnswerBuffer buffer = journal.open(messageStore
                .begin(people.somebody(), conversation, UUID.randomUUID(), "hello", "demo/demo", nodes.self())
                .ticket());
        long read = revisions.current(conversation);
        buffer.append(SegmentKind.TEXT, "one ");
        journal.save();
        buffer.append(SegmentKind.TEXT, "two ");
        journal.save();
        List<Long> heard = new CopyOnWriteArrayList<>();
        try (RevisionListeners.Listening listening = subscribers.listen(conversation, "login", heard::add)) {
            assertTrue(listening.open());
            long now = revisions.current(conversation);
            assertTrue(now >= read + 2, "two saves");
            assertEquals(List.of(now), heard);
            buffer.append(SegmentKind.TEXT, "three");
            journal.save();
            Watcher.await("it hears of more", () -> heard.contains(now + 1));
        }
        subscribers.listen(UUID.randomUUID(), "login", heard::add).close();
        assertEquals(-1, heard.get(heard.size() - 1), "there is no such conversation");
        buffer.end(Completion.plain(MessageState.DONE));
        journal.save();
    }
}
