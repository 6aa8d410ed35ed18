package app.patter.database.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file of H2 in which no data stand, only its header: as a loss of power can leave one, with zeros for all that was
 * written. H2 takes it for an empty database and begins to write over it.
 */
public final class BlankFile {

    private static final int BLOCK = 4_096;

    /** The header stands twice; data begin after that. */
    private static final int HEADER = 2 * BLOCK;

    private static final String FORMAT = "H:2";

    /** What each part of the data begins with, at a block's beginning. */
    private static final String PART = "chunk:";

    /** Bytes of a file that may have been made just before its process ended. */
    private static final int FRESH = HEADER + BLOCK;

    private BlankFile() {}

    /** Whether a file has a header, is too large for a new one, and holds nothing. Stops where something is found: at once. */
    public static boolean is(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long length = file.length();
            if (length <= FRESH || !begins(file, 0, FORMAT)) {
                return false;
            }
            for (long block = HEADER; block + BLOCK <= length; block += BLOCK) {
                if (begins(file, block, PART)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean begins(RandomAccessFile file, long at, String with) throws IOException {
        byte[] first = new byte[with.length()];
        file.seek(at);
        file.readFully(first);
        return with.equals(new String(first, StandardCharsets.ISO_8859_1));
    }
}
