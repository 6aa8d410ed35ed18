package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import app.patter.conversation.Accesses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SubscriberRegistryTest {

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private final SubscriberRegistry registry = new SubscriberRegistry();

    private Subscriber add(UUID account, String login, UUID conversation) {
        Subscriber subscriber = Silent.subscriber(account, login, conversation);
        registry.add(subscriber);
        return subscriber;
    }

    @Test
    void subscribersAreFoundByConversationAccountAndLogin() {
        Subscriber phone = add(ada, "phone", first);
        Subscriber desk = add(ada, "desk", first);
        Subscriber other = add(ada, "desk", second);
        Subscriber bobs = add(bob, "his", second);
        assertEquals(Set.of(phone, desk), registry.of(first));
        assertEquals(Set.of(phone, desk, other), registry.ofAccount(ada).collect(Collectors.toSet()));
        assertEquals(Set.of(desk, other), registry.ofLogin("desk").collect(Collectors.toSet()));
        assertEquals(Set.of(phone, desk, other, bobs), registry.all().collect(Collectors.toSet()));
        assertEquals(Set.of(first, second), registry.conversations());
    }

    @Test
    void aConversationThatNobodyFollowsIsForgotten() {
        Subscriber one = add(ada, "phone", first);
        Subscriber two = add(bob, "his", first);
        registry.remove(one);
        registry.remove(one);
        assertEquals(Set.of(two), registry.of(first));
        registry.remove(two);
        assertEquals(Set.of(), registry.of(first));
        assertEquals(Set.of(), registry.conversations());
    }

    /** Subscribers that are never opened. */
    private static final class Silent implements FrameSource {

        static Subscriber subscriber(UUID account, String login, UUID conversation) {
            FakeBrowser browser = new FakeBrowser();
            return new Subscriber(
                    new Subscription(
                            Accesses.owned(account, conversation),
                            login,
                            0,
                            new Silent(),
                            browser.sse(),
                            browser,
                            null),
                    new Subscriber.Pools(Runnable::run, Runnable::run, Runnable::run, (executor, work, pause) -> {}),
                    new StreamMeters(new SimpleMeterRegistry()),
                    15_000,
                    () -> 0,
                    gone -> {});
        }

        @Override
        public Optional<Frame> cached(long position, long upTo) {
            return Optional.empty();
        }

        @Override
        public Optional<Frame> read(long position) {
            return Optional.empty();
        }

        @Override
        public boolean forPages() {
            return false;
        }
    }
}
