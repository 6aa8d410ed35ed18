package app.patter.provider.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import app.patter.provider.Delta;
import app.patter.provider.DeltaHandler;
import app.patter.provider.ProviderErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class SerialDeliveryTest {

    private final List<Delta> received = new ArrayList<>();

    /** Fails at what is so. */
    private SerialDelivery failingAt(Predicate<Delta> fault) {
        return new SerialDelivery(new DeltaHandler() {
            @Override
            public void accept(Delta delta) {
                received.add(delta);
                if (fault.test(delta)) {
                    throw new IllegalStateException("a test says so");
                }
            }
        });
    }

    @Test
    void aReceiverThatFailsInTheMiddleGetsOneEnd() {
        SerialDelivery delivery = failingAt(Delta.Text.class::isInstance);
        delivery.during(() -> {
            delivery.accept(new Delta.Text("a"));
            delivery.accept(new Delta.Text("b"));
            delivery.accept(new Delta.Finished("stop"));
        });
        assertEquals(2, received.size(), received.toString());
        assertInstanceOf(Delta.Failed.class, received.get(1));
    }

    @Test
    void aReceiverThatFailsAtAGoodEndIsToldOfAFailure() {
        SerialDelivery delivery = failingAt(Delta.Finished.class::isInstance);
        delivery.during(() -> delivery.accept(new Delta.Finished("stop")));
        assertEquals(2, received.size(), received.toString());
        assertInstanceOf(Delta.Failed.class, received.get(1));
    }

    @Test
    void aReceiverThatAlwaysFailsIsLeftAlone() {
        SerialDelivery delivery = failingAt(delta -> true);
        delivery.end(new Delta.Finished("stop"));
        delivery.end(ProviderErrors.cancelled());
        assertEquals(2, received.size(), received.toString());
    }
}
