package app.patter.metrics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MetersTest {

    @Test
    void whatIsCountedIsInThePlainText() {
        Meters meters = new Meters();
        meters.start();
        meters.registry().counter("patter.tried", "what", "counting").increment();
        String text = meters.text();
        assertTrue(text.contains("patter_tried_total{what=\"counting\"} 1.0"), text);
        assertTrue(text.contains("jvm_threads_live_threads"), text);
        meters.stop();
    }
}
