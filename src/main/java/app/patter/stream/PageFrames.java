package app.patter.stream;

import app.patter.conversation.Access;
import app.patter.conversation.CatchUp;
import app.patter.conversation.ConversationBegun;
import app.patter.conversation.Transcripts;
import app.patter.conversation.View;
import app.patter.journal.RecentChanges;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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
public class PageFrames {

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

    private final Map<Shown, LiveConversation> live = new ConcurrentHashMap<>();

    @PostConstruct
    void measure() {
        rendered = Counter.builder("patter.steps.rendered")
                .description("Saved steps that were rendered, each once for all pages that show it")
                .register(registry);
    }

    /** What pages show. */
    private record Shown(UUID conversation, View view) {}

    /** What happens in a view of a conversation, for one subscriber. */
    FrameSource of(Access access, View view) {
        Shown shown = new Shown(access.conversation(), view);
        return new FrameSource() {
            @Override
            public Optional<Frame> cached(long position, long upTo) {
                return PageFrames.this.cached(shown, position, upTo);
            }

            @Override
            public Optional<Frame> read(long position) {
                return PageFrames.this.read(access, shown, position);
            }

            @Override
            public boolean forPages() {
                return true;
            }
        };
    }

    private Optional<Frame> cached(Shown shown, long position, long upTo) {
        return live(shown)
                .between(position, upTo)
                .map(known -> new Frame(upTo, Fragments.frame(known.pieces()), known.since()));
    }

    private Optional<Frame> read(Access access, Shown shown, long position) {
        LiveConversation watched = live(shown);
        return watched.catchUps().frame(position, () -> missed(access, shown, watched, position)
                .map(missed -> missed.characters() < LONG ? render(watched, missed) : renderLong(watched, missed)));
    }

    private Optional<CatchUp> missed(Access access, Shown shown, LiveConversation watched, long position) {
        Optional<CatchUp> begun = position == 0 ? watched.begun() : Optional.empty();
        return begun.isPresent() ? begun : reads.read(() -> transcripts.missed(access, shown.view(), position));
    }

    /** Nobody has to read what has just been written. */
    void begun(@Observes ConversationBegun begun) {
        live(new Shown(begun.conversation(), View.NEWEST)).begunWith(begun.shown());
    }

    private Frame renderLong(LiveConversation watched, CatchUp missed) {
        synchronized (oneByOne) {
            return render(watched, missed);
        }
    }

    private Frame render(LiveConversation watched, CatchUp missed) {
        watched.begin(missed);
        if (missed.reload()) {
            return new Frame(missed.revision(), Fragments.RELOAD, 0);
        }
        return new Frame(
                missed.revision(), Fragments.frame(fragments.missed(missed, watched.growing(missed.revision()))), 0);
    }

    private LiveConversation live(Shown shown) {
        return live.computeIfAbsent(
                shown, key -> new LiveConversation(key.conversation(), changes, fragments, rendered::increment));
    }

    /** Forgets the conversations that nobody watches any more, or not yet when this was called last. */
    void keepOnly(Set<UUID> watched) {
        live.entrySet().removeIf(entry -> entry.getValue()
                .isForgotten(watched.contains(entry.getKey().conversation())));
        live.values().forEach(known -> known.catchUps().tidy());
    }
}
