package app.patter.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private final HostNames names = HostNames.of("chat.example.org", "Patter.example.net, other.example.net");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example.org",
                "CHAT.example.org",
                "chat.example.org.",
                "patter.example.net",
                "other.example.net",
                "localhost",
                "chat.localhost",
                "patter",
                "127.0.0.1",
                "192.168.1.20",
                "[::1]",
                "::1",
                "fe80::1"
            })
    void ownNamesAndAddressesAreAllowed(String name) {
        assertTrue(names.allow(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "chat.example.org.evil.example",
                "xchat.example.org",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "1.2.3",
                "1.2.3.4.5"
            })
    void othersAreNot(String name) {
        assertFalse(names.allow(name));
    }
}
