package app.patter.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.web.FormException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldChecksTest {

    private static final String EXAMPLE = "https://example.com";

    private static String address(String typed) {
        return FieldChecks.webAddress(typed, 30, EXAMPLE, URI::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host", "https://host:8443/v1?a=b", "http://[::1]:1/"})
    void aWebAddressIsTaken(String typed) {
        assertEquals(typed, address(typed));
    }

    @ParameterizedTest
    @CsvSource({
        "'',has to begin with http",
        "host,has to begin with http",
        "ftp://host,has to begin with http",
        "http:///path,has to begin with http",
        "http://user:secret@host,may hold no user",
        "http://host/#part,may hold no user",
        "http://a b,This is no web address",
        "http://sea_model:8000/v1,underscore",
        "http://host/aaaaaaaaaaaaaaaaaaaaaaaaaa,at most 30 characters"
    })
    void whatIsNoWebAddressIsExplained(String typed, String why) {
        String message = assertThrows(FormException.class, () -> address(typed)).message();
        assertTrue(message.contains(why), message);
    }

    @Test
    void aKeyIsWhatAHeaderCanCarry() {
        assertEquals("", FieldChecks.key("", 3));
        assertEquals("a-1", FieldChecks.key("a-1", 3));
        for (String bad : new String[] {"abcd", "a b", "é", "a\nb"}) {
            assertThrows(FormException.class, () -> FieldChecks.key(bad, 3), bad);
        }
    }
}
