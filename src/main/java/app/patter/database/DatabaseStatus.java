package app.patter.database;

import app.patter.config.Setting;
import app.patter.config.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** How the database is, for those who ask while Patter runs. */
@ApplicationScoped
public class DatabaseStatus {

    @Resource(lookup = "java:app/patter/database")
    private DataSource database;

    private Schema schema;

    @PostConstruct
    void start() {
        schema = Schema.of(flyway -> flyway.dataSource(database));
    }

    /**
     * How many versions the tables are behind; more than 0 after somebody restored an old backup under a running Patter.
     *
     * @throws org.flywaydb.core.api.FlywayException if the database does not answer
     */
    public int behind() {
        return schema.behind();
    }

    /**
     * Bytes that are left where the embedded database grows; empty where it is another one.
     *
     * @throws IOException if its folder cannot be looked at
     */
    public OptionalLong space() throws IOException {
        Settings settings = Settings.ofProcess();
        if (settings.text(Setting.DB_URL).isPresent()) {
            return OptionalLong.empty();
        }
        Path folder = PatterDataSource.dataFolder(settings);
        return OptionalLong.of(Files.getFileStore(folder).getUsableSpace());
    }
}
