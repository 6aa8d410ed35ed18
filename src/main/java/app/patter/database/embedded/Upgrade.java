package app.patter.database.embedded;

import app.patter.concurrent.Throwables;
import app.patter.database.Schema;
import app.patter.database.StartupCheck;
import app.patter.database.StartupException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Brings an embedded database up to date before anybody opens it. H2 cannot take back a step that fails half way, so the
 * steps run on a copy of the file, which takes the file's place when all have succeeded. Whenever this ends, even by loss
 * of power, the file is either the old one or the new one; the old one is also kept beside it.
 */
public final class Upgrade {

    private static final Logger LOG = System.getLogger(Upgrade.class.getName());
    private static final String FILE = ".mv.db";
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /** Closed with the last connection; makes no other files, of traces or where there is none. */
    private static final String ALONE = ";DB_CLOSE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;IFEXISTS=TRUE;TRACE_LEVEL_FILE=0";

    private final Path folder;
    private final String user;
    private final String password;

    /**
     * For the database {@code patter} in a folder.
     *
     * @param user     of the database, empty for H2's default
     * @param password of that user, empty for none
     */
    public Upgrade(Path folder, String user, String password) {
        this.folder = folder;
        this.user = user;
        this.password = password;
    }

    /**
     * Does what is needed; nothing must have the database open.
     *
     * @throws StartupException if that does not succeed; the database is then as it was
     */
    public void run() {
        Schema old = schema("patter");
        if (!old.isOld()) {
            return;
        }
        String from = old.version();
        try {
            Files.copy(file("patter"), file("patter-upgrade"), StandardCopyOption.REPLACE_EXISTING);
            Schema copy = schema("patter-upgrade");
            int steps = copy.migrate();
            String to = copy.version();
            Path kept = keep(from);
            replace(kept);
            LOG.log(
                    Level.INFO,
                    "Database tables brought from version {0} to {1} ({2} steps). The database as it was is kept in {3}.",
                    from,
                    to,
                    steps,
                    kept);
        } catch (IOException e) {
            throw noRoom(e);
        } catch (StartupException e) {
            IOException disk = Throwables.find(e, IOException.class);
            throw disk == null ? e : noRoom(disk);
        } finally {
            file("patter-upgrade").toFile().delete(); // there only after a failure
        }
    }

    private StartupException noRoom(IOException e) {
        return new StartupException(
                "The copy of the database for its upgrade cannot be written: " + StartupCheck.firstLine(e)
                        + " The data are as they were. Make room in " + folder + " for twice "
                        + file("patter").getFileName() + ".",
                e);
    }

    /** The file as it is under a further name, which it has as a whole or not at all. */
    private Path keep(String version) throws IOException {
        Path kept = file("patter-V" + version + "-" + MOMENT.format(LocalDateTime.now(ZoneOffset.UTC)));
        try {
            Files.createLink(kept, file("patter"));
        } catch (IOException | UnsupportedOperationException e) {
            copy(kept);
        }
        return kept;
    }

    /** Where the file system has no hard links. */
    private void copy(Path kept) throws IOException {
        Path part = file("patter-part");
        try {
            Files.copy(file("patter"), part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void replace(Path kept) throws IOException {
        try {
            Files.move(
                    file("patter-upgrade"),
                    file("patter"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(kept); // or it would go on changing with the database
            throw e;
        }
    }

    private Schema schema(String name) {
        return Schema.of(flyway -> flyway.dataSource("jdbc:h2:file:" + folder.resolve(name) + ALONE, user, password));
    }

    private Path file(String name) {
        return folder.resolve(name + FILE);
    }
}
