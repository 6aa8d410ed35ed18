package app.patter.journal;

import app.patter.concurrent.Throwables;
import app.patter.conversation.MessageState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Ends everything that is being written when Patter goes down, and saves it to the last token. A server that is asked to
 * end takes away pools, transactions and beans while applications still run, or leaves before they are told. So this is
 * the process's own affair.
 */
final class Shutdown {

    private static final Logger LOG = System.getLogger(Shutdown.class.getName());

    private static final int TRIES = 3;

    /** Seconds. */
    private static final long WAIT = 3;

    private final Thread hook = new Thread(this::run, "patter-going-down");
    private final Collection<AnswerBuffer> open;
    private final SaveScheduler scheduler;
    private final GroupCommit commit;
    private final LastSave save;

    /** As {@link ShutdownSave#write}. */
    interface LastSave {
        List<Snapshot> write(List<Snapshot> changes) throws SQLException;
    }

    /** @param open the buffers whose answers have not ended */
    Shutdown(Collection<AnswerBuffer> open, SaveScheduler scheduler, GroupCommit commit, LastSave save) {
        this.open = open;
        this.scheduler = scheduler;
        this.commit = commit;
        this.save = save;
    }

    /** Rehearses, and waits for the end of the process. Called once, when there are tables. */
    void expect() {
        try {
            ShutdownSave.rehearse();
        } catch (SQLException e) {
            LOG.log(
                    Level.WARNING,
                    "What Patter does when it is stopped could not be tried: {0}",
                    Throwables.rootName(e));
        }
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The application ends, in a server that goes on or one that ends too. */
    void applicationEnds() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook does the same at this moment
        }
        run();
    }

    /** Ends everything that is being written, and saves it to the last token. */
    synchronized void run() {
        scheduler.close();
        List<AnswerBuffer> last = List.copyOf(open);
        for (AnswerBuffer buffer : last) {
            buffer.end(Completion.plain(MessageState.INTERRUPTED));
        }
        if (!last.isEmpty()) {
            boolean paused = commit.pause(WAIT);
            try {
                int saved = save(last);
                LOG.log(Level.INFO, "Going down: {0} of {1} running answers saved as interrupted.", saved, last.size());
            } finally {
                if (paused) {
                    commit.resume();
                }
            }
        }
    }

    private int save(List<AnswerBuffer> buffers) {
        for (int tries = 1; tries <= TRIES; tries++) {
            Map<UUID, AnswerBuffer> taken = new HashMap<>();
            List<Snapshot> changes = new ArrayList<>();
            for (AnswerBuffer buffer : buffers) {
                Snapshot change = buffer.take();
                if (change != null) {
                    taken.put(change.message(), buffer);
                    changes.add(change);
                }
            }
            try {
                List<Snapshot> written = save.write(changes);
                for (Snapshot change : written) {
                    Objects.requireNonNull(taken.get(change.message())).saved(change); // one of those that were given
                }
                return written.size();
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "The last text could not be saved yet: {0}", Throwables.rootName(e));
            }
        }
        return 0;
    }
}
