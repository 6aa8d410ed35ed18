package app.patter.server;

import java.time.Duration;

/** Makes each commit that has written to a table take some seconds: PostgreSQL sleeps in it. */
final class SlowCommits implements AutoCloseable {

    private final Database database;
    private final String table;
    private final int seconds;

    private SlowCommits(Database database, String table, int seconds) {
        this.database = database;
        this.table = table;
        this.seconds = seconds;
    }

    /** Those that have written text of a message. */
    static SlowCommits of(Postgres postgres, int seconds) {
        return of(postgres, "message_segment", seconds);
    }

    static SlowCommits of(Postgres postgres, String table, int seconds) {
        return new SlowCommits(postgres.database(), table, seconds);
    }

    /** From now on. */
    void begin() {
        database.change("create function nap() returns trigger language plpgsql as $$ begin perform pg_sleep(" + seconds
                + "); return null; end $$");
        database.change("create constraint trigger nap after insert or update on " + table
                + " deferrable initially deferred for each row execute function nap()");
    }

    /** Waits until a commit is under way. */
    void await() {
        Until.holds("a commit sleeps", () -> sleeping() > 0);
    }

    private long sleeping() {
        return database.number("select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
                + " and lower(query) like 'commit%'");
    }

    /** Ends it; commits under way end by themselves first. */
    @Override
    public void close() {
        Until.holds("no commit sleeps", Duration.ofSeconds(60), () -> sleeping() == 0);
        database.change("drop trigger if exists nap on " + table);
        database.change("drop function if exists nap()");
        database.close();
    }
}
