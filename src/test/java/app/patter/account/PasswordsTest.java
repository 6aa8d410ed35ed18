package app.patter.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PasswordsTest {

    /** Computed by another implementation of PBKDF2. */
    private static final String ELSEWHERE =
            "PBKDF2WithHmacSHA512:210000:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=:w31N+6b+UYCVP2BpDiKKtsefjJ2TQ9RSKM7Jhdy/61A=";

    private static final String OTHER_FIGURES =
            "PBKDF2WithHmacSHA256:2048:AAECAwQFBgcICQoLDA0ODw==:tDypngi4iFL3HF79qTx1riuHV6naFm7uk5Ik2yAa7DA=";

    @Test
    void onlyTheRightPasswordMatches() {
        String hash = Passwords.hash("correct horse", 1_000);
        assertTrue(Passwords.matches("correct horse", hash));
        assertFalse(Passwords.matches("correct horse ", hash));
        assertFalse(Passwords.matches("", hash));
    }

    @Test
    void noPasswordHasTheHashOfNobody() {
        String hash = Passwords.ofNobody(1_000);
        assertFalse(Passwords.matches("", hash));
        assertFalse(Passwords.matches("correct horse", hash));
        assertNotEquals(hash, Passwords.ofNobody(1_000));
    }

    @Test
    void aHashTellsItsIterations() {
        assertEquals(1_000, Passwords.iterations(Passwords.hash("correct horse", 1_000)));
        assertEquals(1_000, Passwords.iterations(Passwords.ofNobody(1_000)));
        assertEquals(210_000, Passwords.iterations(ELSEWHERE));
    }

    @Test
    void twoPeopleWithOnePasswordHaveDifferentHashes() {
        assertNotEquals(Passwords.hash("correct horse", 1_000), Passwords.hash("correct horse", 1_000));
    }

    @Test
    void hashesOfOtherImplementationsCount() {
        assertTrue(Passwords.matches("Grüße 👩‍🚀", ELSEWHERE));
        assertFalse(Passwords.matches("Grusse", ELSEWHERE));
    }

    @Test
    void hashesKeepTheFiguresTheyWereMadeWith() {
        assertTrue(Passwords.matches("correct horse", OTHER_FIGURES));
        assertFalse(Passwords.matches("correct cow", OTHER_FIGURES));
    }

    @Test
    void whatIsNoHashIsNoAnswer() {
        for (String none : new String[] {"", "correct horse", "a:b:c", "None:1:AAAA:AAAA"}) {
            assertThrows(IllegalArgumentException.class, () -> Passwords.matches("correct horse", none), none);
        }
    }
}
