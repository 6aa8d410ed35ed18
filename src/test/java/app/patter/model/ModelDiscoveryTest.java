package app.patter.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.provider.Origin;
import app.patter.provider.ProviderErrors;
import app.patter.provider.ProviderException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ModelDiscoveryTest {

    private final ListingProvider provider = new ListingProvider("a");
    private final List<ModelServerClient> clients = new ArrayList<>(List.of(provider.client(Origin.FOUND)));
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger learned = new AtomicInteger();
    private final ModelDiscovery discovery =
            new ModelDiscovery(() -> List.copyOf(clients), clock::get, learned::incrementAndGet);

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void theStartAsksOnceAndTellsWhatIsLearned() {
        discovery.start();
        assertEquals(1, provider.asked());
        assertEquals(0, learned.get());
        provider.lists("m");
        assertEquals(1, learned.get());
        assertEquals(List.of("m"), clients.get(0).models().names());
    }

    @Test
    void onlyAnOldListIsAskedForAgain() {
        discovery.start();
        provider.lists("m");
        pass(Duration.ofSeconds(30));
        discovery.refreshIfOld();
        assertEquals(1, provider.asked());
        pass(Duration.ofNanos(1));
        discovery.refreshIfOld();
        assertEquals(2, provider.asked());
    }

    @Test
    void whileOneSearchRunsNoOtherBegins() {
        discovery.start();
        provider.lists("m");
        pass(Duration.ofSeconds(31));
        discovery.refreshIfOld();
        pass(Duration.ofSeconds(31));
        discovery.refreshIfOld();
        assertEquals(2, provider.asked());
    }

    @Test
    void serversThatComeAreAskedAlone() {
        discovery.start();
        provider.lists("m");
        ListingProvider other = new ListingProvider("b");
        ModelServerClient come = other.client(Origin.ADDED);
        clients.add(come);
        discovery.refreshAlso(List.of(come));
        assertEquals(1, provider.asked());
        assertEquals(1, other.asked());
        other.lists("n");
        assertEquals(2, learned.get());
    }

    @Test
    void whoseListFailsKeepsItsModelsUnlessItWasFound() {
        ListingProvider other = new ListingProvider("b");
        clients.add(other.client(Origin.ADDED));
        discovery.start();
        provider.lists("m");
        other.lists("n");
        var unused = discovery.refresh();
        provider.fails(new ProviderException(ProviderErrors.unknownModel("m")));
        other.fails(new ProviderException(ProviderErrors.unknownModel("n")));
        assertEquals(List.of(), clients.get(0).models().names());
        assertEquals(List.of("n"), clients.get(1).models().names());
        assertEquals(4, learned.get());
    }

    @Test
    void aServerExistsWhenSomebodySaysSoOrItHasAnswered() {
        ModelServerClient found = clients.get(0);
        discovery.start();
        assertFalse(found.exists());
        assertFalse(found.asked());
        provider.lists();
        assertTrue(found.exists());
        assertTrue(found.asked());
        assertTrue(new ListingProvider("b").client(Origin.SETTINGS).exists());
    }

    @Test
    void waitingForAllEndsWhenTheTimeIsOver() {
        discovery.start();
        discovery.awaitAll(Duration.ZERO);
        assertEquals(1, provider.asked());
    }
}
