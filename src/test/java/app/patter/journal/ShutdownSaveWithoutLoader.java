package app.patter.journal;

import app.patter.conversation.GenerationTicket;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.database.PatterDataSource;
import app.patter.provider.Delta;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/**
 * A program that writes the last save into the empty database that the settings name, with a class loader that refuses
 * every class once it is stopped, as Payara's does.
 */
public final class ShutdownSaveWithoutLoader {

    static final UUID CONVERSATION = new UUID(0, 2);
    static final String REASONING = "because";

    /** More than one row of it. */
    static final String TEXT = "w".repeat(3_000);

    private static final UUID OWNER = new UUID(0, 1);
    private static final UUID MESSAGE = new UUID(0, 3);
    private static final long FENCE = 7;

    private ShutdownSaveWithoutLoader() {}

    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        try (Stoppable loader = new Stoppable(System.getProperty("java.class.path"))) {
            loader.loadClass(ShutdownSaveWithoutLoader.class.getName())
                    .getDeclaredMethod("run", Runnable.class)
                    .invoke(null, (Runnable) loader::stop);
        }
    }

    public static void run(Runnable stop) throws SQLException {
        prepare();
        AnswerBuffer buffer = new AnswerBuffer(
                new GenerationTicket(CONVERSATION, MESSAGE, 1, FENCE, "m", 0, null, 0, 0, null),
                Long.MAX_VALUE,
                MonotonicClock.fromNow(),
                changed -> {},
                urgent -> {});
        buffer.append(SegmentKind.REASONING, REASONING);
        buffer.append(SegmentKind.TEXT, TEXT);
        buffer.uses(new Delta.Usage(1, 2, 3, 4), null);
        buffer.end(Completion.plain(MessageState.INTERRUPTED));
        List<Snapshot> changes = List.of(buffer.take());
        ShutdownSave.rehearse();
        stop.run();
        ShutdownSave.write(changes);
    }

    private static void prepare() throws SQLException {
        Flyway.configure().dataSource(new PatterDataSource()).load().migrate();
        try (Connection connection = new PatterDataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into account (id, name, password, administrator, created)" + " values ('" + OWNER
                    + "', 'ada', '', true, current_timestamp)");
            statement.execute("insert into conversation (id, owner_id, title, revision, created, updated)"
                    + " values ('" + CONVERSATION + "', '" + OWNER + "', '', 4, current_timestamp, current_timestamp)");
            statement.execute("insert into message (id, conversation_id, sequence, role, state, fence, born, revision,"
                    + " created) values ('" + MESSAGE + "', '" + CONVERSATION + "', 1, 'ASSISTANT', 'WRITING', " + FENCE
                    + ", 1, 4, current_timestamp)");
        }
    }

    /** Loads Patter and its libraries itself, as a server does, and after its stop nothing at all. */
    private static final class Stoppable extends URLClassLoader {

        private volatile boolean stopped;

        private Stoppable(String path) throws IOException {
            super(urls(path), ClassLoader.getPlatformClassLoader());
        }

        private void stop() {
            stopped = true;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (stopped) {
                throw new IllegalStateException("stopped, and asked for " + name);
            }
            return super.loadClass(name, resolve);
        }

        private static URL[] urls(String path) throws IOException {
            List<URL> urls = new ArrayList<>();
            for (String entry : path.split(File.pathSeparator)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            return urls.toArray(URL[]::new);
        }
    }
}
