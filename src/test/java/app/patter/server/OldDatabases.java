package app.patter.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Databases that earlier Patters wrote, kept under {@code src/test/resources/schema}, a folder for each version. */
public final class OldDatabases {

    /** The newest version that one is kept of. */
    public static final int NEWEST = 7;

    private OldDatabases() {}

    /** Puts the embedded one of a version into a data folder, which it makes. */
    public static Path put(int version, Path data) throws IOException {
        Files.createDirectories(data);
        return Files.write(data.resolve("patter.mv.db"), read(version, "patter.mv.db"));
    }

    /** The statements that make the one of a version in an empty PostgreSQL database. */
    public static String sql(int version) throws IOException {
        return new String(read(version, "patter.sql"), StandardCharsets.UTF_8);
    }

    private static byte[] read(int version, String name) throws IOException {
        try (InputStream in = OldDatabases.class.getResourceAsStream("/schema/V" + version + "/" + name)) {
            return in.readAllBytes();
        }
    }
}
