package app.patter.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    private Path folder;

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such modes")
    void nobodyElseCanLookIntoANewFolder() throws IOException {
        Path data = folder.resolve("a/b/data");
        DataFolder.create(data);
        DataFolder.create(data);
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    }

    @Test
    void aFileInItsPlaceIsNotTakenForIt() throws IOException {
        Path data = Files.createFile(folder.resolve("data"));
        assertThrows(FileAlreadyExistsException.class, () -> DataFolder.create(data));
    }
}
