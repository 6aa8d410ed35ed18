package app.patter.stream;

import app.patter.conversation.Transcripts;
import app.patter.conversation.Transcripts.CatchUp;
import app.patter.journal.RecentChanges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Renders what brings a reader from its position to a later revision: from the steps in memory when they are all there,
 * otherwise from the database, with whole messages as replacements.
 */
@ApplicationScoped
public class PageFrames implements FrameSource {

    /** Texts longer than this are rendered one at a time. */
    private static final long LONG = 256 * 1024;

    @Inject
    private RecentChanges changes;

    @Inject
    private Transcripts transcripts;

    @Inject
    private Fragments fragments;

    @Inject
    private CatchUpReader reads;

    @Inject
    private MeterRegistry registry;

    private Counter rendered;

    /** Held while long text is rendered, which takes many times its size of memory. */
    private final Object oneByOne = new Object();

    private final Map<UUID, LiveConversation> live = new ConcurrentHashMap<>();

    @PostConstruct
    void measure() {
        rendered = Counter.builder("patter.steps.rendered")
                .description("Saved steps that were rendered, each once for all pages that show it")
                .register(registry);
    }

    @Override
    public Optional<Frame> cached(UUID conversation, long position, long upTo) {
        return live(conversation)
                .between(position, upTo)
                .map(known -> new Frame(upTo, Fragments.frame(known.pieces()), known.since()));
    }

    @Override
    public Optional<Frame> read(UUID owner, UUID conversation, long position) {
        LiveConversation watched = live(conversation);
        return watched.catchUps().frame(owner, position, () -> reads.read(
                        () -> transcripts.missed(owner, conversation, position))
                .map(missed -> missed.characters() < LONG ? render(watched, missed) : renderLong(watched, missed)));
    }

    private Frame renderLong(LiveConversation watched, CatchUp missed) {
        synchronized (oneByOne) {
            return render(watched, missed);
        }
    }

    private Frame render(LiveConversation watched, CatchUp missed) {
        watched.begin(missed);
        return new Frame(
                missed.revision(), Fragments.frame(fragments.missed(missed, watched.growing(missed.revision()))), 0);
    }

    private LiveConversation live(UUID conversation) {
        return live.computeIfAbsent(
                conversation, id -> new LiveConversation(id, changes, fragments, rendered::increment));
    }

    @Override
    public boolean forPages() {
        return true;
    }

    /** Forgets the conversations that nobody watches any more. */
    void keepOnly(Set<UUID> watched) {
        live.keySet().retainAll(watched);
        live.values().forEach(known -> known.catchUps().tidy());
    }
}
