package app.patter.account;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes of passwords: PBKDF2 of RFC 8018, in the form {@code algorithm:iterations:salt:key} with salt and key in Base64,
 * which is also what Jakarta Security's {@code Pbkdf2PasswordHash} writes. That one is not used because WildFly has it only
 * for applications that leave the login to the server.
 */
final class Passwords {

    private static final String ALGORITHM = "PBKDF2WithHmacSHA512";

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Passwords() {}

    /**
     * The hash to keep; another one each time.
     *
     * @param iterations how often the function is applied; OWASP asks for 210,000 with SHA-512
     */
    static String hash(String password, int iterations) {
        byte[] salt = random();
        return text(iterations, salt, key(ALGORITHM, password, salt, iterations, BYTES));
    }

    /** A hash that no password has. To find that out takes as long as with any other of so many iterations. */
    static String ofNobody(int iterations) {
        return text(iterations, random(), random());
    }

    private static byte[] random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String text(int iterations, byte[] salt, byte[] key) {
        Base64.Encoder text = Base64.getEncoder();
        return ALGORITHM + ":" + iterations + ":" + text.encodeToString(salt) + ":" + text.encodeToString(key);
    }

    /** How often the function was applied for a hash. */
    static int iterations(String hash) {
        return Integer.parseInt(parts(hash)[1]);
    }

    /**
     * Whether a password is the one that was hashed.
     *
     * @throws IllegalArgumentException if the hash is none
     */
    static boolean matches(String password, String hash) {
        String[] parts = parts(hash);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] wanted = Base64.getDecoder().decode(parts[3]);
        byte[] found = key(parts[0], password, salt, Integer.parseInt(parts[1]), wanted.length);
        return MessageDigest.isEqual(found, wanted);
    }

    private static String[] parts(String hash) {
        String[] parts = hash.split(":", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("no hash of a password");
        }
        return parts;
    }

    private static byte[] key(String algorithm, String password, byte[] salt, int iterations, int bytes) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, bytes * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(algorithm).generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no hash of a password: " + algorithm, e);
        } finally {
            spec.clearPassword();
        }
    }
}
