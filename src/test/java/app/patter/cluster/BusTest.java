package app.patter.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BusTest {

    private final List<Signal> here = new ArrayList<>();
    private final List<Signal> there = new ArrayList<>();

    @Test
    void aSignalIsHeardOnThisNodeBeforePublishReturns() {
        Signal signal = new Signal.ConversationAdvanced(UUID.randomUUID(), 7);
        node(here::add).publish(signal);
        assertEquals(List.of(signal), here);
    }

    @Test
    void anObserverThatFailsHarmsNoPublisher() {
        LocalBus bus = node(signal -> {
            here.add(signal);
            throw new OutOfMemoryError("a test says so");
        });
        bus.publish(new Signal.ActivityChanged(UUID.randomUUID()));
        bus.publish(new Signal.LoginEnded("login"));
        assertEquals(2, here.size());
    }

    /** The seam: a bus that reaches further hands to each node's own what it receives. */
    @Test
    void aBusBetweenNodesTellsThemAll() {
        List<LocalBus> nodes = List.of(node(here::add), node(there::add));
        Bus bus = signal -> nodes.forEach(node -> node.publish(signal));
        Signal signal = new Signal.LoginEnded("login");
        bus.publish(signal);
        assertEquals(List.of(signal), here);
        assertEquals(List.of(signal), there);
    }

    private static LocalBus node(Consumer<Signal> observer) {
        LocalBus bus = new LocalBus();
        bus.signals = new Observed(observer);
        return bus;
    }

    /** What CDI does with an event, for one observer. */
    private record Observed(Consumer<Signal> observer) implements Event<Signal> {

        @Override
        public void fire(Signal event) {
            observer.accept(event);
        }

        @Override
        public <U extends Signal> CompletionStage<U> fireAsync(U event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends Signal> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Event<Signal> select(Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends Signal> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <U extends Signal> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
            throw new UnsupportedOperationException();
        }
    }
}
