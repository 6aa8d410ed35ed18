package app.patter.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.config.Settings;
import app.patter.text.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of servers are of no use to who has only the database. */
class SecretCipherTest {

    private static final String KEY = "sk-grüße-0123456789";
    private static final String GIVEN = "a text of more than thirty-two characters";

    @TempDir
    private Path folder;

    private SecretCipher secrets(String... given) {
        Map<String, String> settings = new HashMap<>(Map.of("PATTER_DATA", data().toString()));
        if (given.length > 0) {
            settings.put("PATTER_SECRET_KEY", given[0]);
        }
        return new SecretCipher(new Settings(settings::get, name -> null));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path file() {
        return data().resolve("secret.key");
    }

    private static String refusal(SecretCipher cipher, String sealed, String context) {
        SecretException refused = assertThrows(SecretException.class, () -> cipher.open(sealed, context));
        String words = Messages.english().text(refused.text());
        assertFalse(words.contains(KEY), words);
        return words;
    }

    @Test
    void whatIsSealedCanBeOpenedAlsoAfterARestart() {
        String sealed = secrets().seal(KEY, "server 1");
        assertEquals(KEY, secrets().open(sealed, "server 1"));
        String other = secrets(GIVEN).seal(KEY, "server 1");
        assertEquals(KEY, secrets(GIVEN).open(other, "server 1"));
    }

    @Test
    void theSameTextNeverLooksTheSame() {
        SecretCipher cipher = secrets();
        String once = cipher.seal(KEY, "server 1");
        assertNotEquals(once, cipher.seal(KEY, "server 1"));
        String bytes = new String(Base64.getDecoder().decode(once.substring(2)), StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("0123456789"), "the text stands in it");
    }

    @Test
    void nothingIsMadeBeforeItIsNeeded() {
        assertTrue(refusal(secrets(), "1:" + "A".repeat(60), "server 1").contains("cannot be read"));
        assertFalse(Files.exists(file()));
        secrets(GIVEN).seal(KEY, "server 1");
        assertFalse(Files.exists(file()), "the given key is used");
    }

    @Test
    void theMadeKeyIsForItsOwnerOnly() throws IOException {
        secrets().seal(KEY, "server 1");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));

        String sealed = secrets().seal(KEY, "server 1");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(KEY, secrets().open(sealed, "server 1"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void anotherKeyOrAnotherPlaceOpensNothing() {
        String sealed = secrets().seal(KEY, "server 1 https://one/");
        assertTrue(refusal(secrets(), sealed, "server 2 https://one/").contains("give the key again"));
        assertTrue(refusal(secrets(), sealed, "server 1 https://two/").contains("give the key again"));
        assertTrue(refusal(secrets(GIVEN), sealed, "server 1 https://one/").contains("PATTER_SECRET_KEY"));
    }

    @Test
    void whatSomebodyHasChangedIsRefused() {
        SecretCipher cipher = secrets();
        String sealed = cipher.seal(KEY, "server 1");
        byte[] bytes = Base64.getDecoder().decode(sealed.substring(2));
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            refusal(cipher, "1:" + Base64.getEncoder().encodeToString(changed), "server 1");
        }
        for (int length = 0; length < sealed.length() - 2; length++) {
            refusal(cipher, sealed.substring(0, length), "server 1");
        }
        refusal(cipher, "2" + sealed.substring(1), "server 1");
        refusal(cipher, sealed + "A", "server 1");
    }

    @Test
    void aBrokenFileIsExplainedAndNeverReplaced() throws IOException {
        String sealed = secrets().seal(KEY, "server 1");
        Files.writeString(file(), "nonsense");
        assertTrue(refusal(secrets(), sealed, "server 1").contains(file().toString()));
        assertThrows(SecretException.class, () -> secrets().seal(KEY, "server 1"));
        assertEquals("nonsense", Files.readString(file()));
    }

    @Test
    void aFolderThatCannotBeWrittenIsExplained() throws IOException {
        Files.writeString(data(), "a file where the folder should be");
        SecretException refused =
                assertThrows(SecretException.class, () -> secrets().seal(KEY, "server 1"));
        String message = Messages.english().text(refused.text());
        assertTrue(message.contains("PATTER_SECRET_KEY") || message.contains("cannot be read"), message);
    }
}
