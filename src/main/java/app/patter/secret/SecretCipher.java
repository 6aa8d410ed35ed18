package app.patter.secret;

import app.patter.config.DataFolder;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.database.PatterDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what has to be kept but must not be read in the database: AES-256-GCM (NIST SP 800-38D) with a fresh nonce each
 * time, under {@code PATTER_SECRET_KEY} or a key that is made when it is first needed and kept in the data folder, for
 * its owner only. Thread-safe.
 */
@ApplicationScoped
public class SecretCipher {

    private static final Logger LOG = System.getLogger(SecretCipher.class.getName());

    private static final String VERSION = "1:";
    private static final String FILE = "secret.key";
    private static final int KEY = 32;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    /** So that the same text given elsewhere too is another key here. */
    private static final String PURPOSE = "patter secret key 1\n";

    private final SecureRandom random = new SecureRandom();
    private final Settings settings;

    /** For CDI. */
    public SecretCipher() {
        this(Settings.ofProcess());
    }

    /** For tests. */
    public SecretCipher(Settings settings) {
        this.settings = settings;
    }

    /**
     * Encrypts a text.
     *
     * @param context what it belongs to; only who names the same can read it again
     * @throws SecretException if there is no key and none can be made
     */
    public String seal(String text, String context) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = run(Cipher.ENCRYPT_MODE, keyOrNew(), nonce, text.getBytes(StandardCharsets.UTF_8), context);
        byte[] both = new byte[NONCE + sealed.length];
        System.arraycopy(nonce, 0, both, 0, NONCE);
        System.arraycopy(sealed, 0, both, NONCE, sealed.length);
        return VERSION + Base64.getEncoder().encodeToString(both);
    }

    /**
     * Reads what {@link #seal} made.
     *
     * @throws SecretException if the key is another one, the context is, or somebody has changed it
     */
    public String open(String sealed, String context) {
        try {
            byte[] both = Base64.getDecoder().decode(sealed.substring(VERSION.length()));
            byte[] key = key();
            if (key == null || !sealed.startsWith(VERSION) || both.length < NONCE + TAG_BITS / 8) {
                throw new SecretException(SecretText.UNREADABLE.with());
            }
            byte[] nonce = new byte[NONCE];
            System.arraycopy(both, 0, nonce, 0, NONCE);
            byte[] rest = new byte[both.length - NONCE];
            System.arraycopy(both, NONCE, rest, 0, rest.length);
            return new String(run(Cipher.DECRYPT_MODE, key, nonce, rest, context), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new SecretException(SecretText.UNREADABLE.with()); // no Base64
        }
    }

    private static byte[] run(int mode, byte[] key, byte[] nonce, byte[] input, String context) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (AEADBadTagException e) {
            throw new SecretException(SecretText.UNREADABLE.with());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES-GCM", e);
        }
    }

    private byte[] keyOrNew() {
        byte[] known = key();
        return known == null ? make() : known;
    }

    /** The key; null if none was ever needed. */
    private byte @Nullable [] key() {
        String given = settings.key(Setting.SECRET_KEY).orElse(null);
        if (given != null) {
            return hash(PURPOSE + given);
        }
        Path file = file();
        try {
            byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
            if (key.length != KEY) {
                throw broken(file);
            }
            guard(file);
            return key;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException | IllegalArgumentException e) {
            throw broken(file);
        }
    }

    private static SecretException broken(Path file) {
        return new SecretException(SecretText.BROKEN.with(file.toString()));
    }

    private Path file() {
        return PatterDataSource.dataFolder(settings).resolve(FILE);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private synchronized byte[] make() {
        byte[] fresh = new byte[KEY];
        random.nextBytes(fresh);
        Path file = file();
        try {
            DataFolder.create(Objects.requireNonNull(file.getParent()));
            String text = Base64.getEncoder().encodeToString(fresh) + "\n";
            try (var out = Files.newByteChannel(
                    file, EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), forOwner())) {
                out.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            }
            LOG.log(Level.INFO, "Made a key for secrets in {0}. Keep it with your backups.", file);
            return fresh;
        } catch (FileAlreadyExistsException e) {
            byte[] other = key(); // somebody was quicker
            if (other == null) {
                throw broken(file);
            }
            return other;
        } catch (IOException e) {
            throw new SecretException(SecretText.UNWRITABLE.with(file.toString()));
        }
    }

    private static FileAttribute<?>[] forOwner() {
        return isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(ownersOnly())}
                : new FileAttribute<?>[0];
    }

    private static Set<PosixFilePermission> ownersOnly() {
        return EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    /** Takes away what others may do with the file, should somebody have given it to them. */
    private static void guard(Path file) throws IOException {
        if (isPosix() && !ownersOnly().containsAll(Files.getPosixFilePermissions(file))) {
            Files.setPosixFilePermissions(file, ownersOnly());
            LOG.log(Level.WARNING, "{0} could be read by others; now only by its owner.", file);
        }
    }
}
