package app.patter.server;

import java.time.Duration;

/** Makes each commit that has written text of a message take some seconds: PostgreSQL sleeps in it. */
final class SlowCommits implements AutoCloseable {

    private final Database database;
    private final int seconds;

    private SlowCommits(Database database, int seconds) {
        this.database = database;
        this.seconds = seconds;
    }

    static SlowCommits of(Postgres postgres, int seconds) {
        return new SlowCommits(postgres.database(), seconds);
    }

    /** From now on. */
    void begin() {
        database.change("create function nap() returns trigger language plpgsql as $$ begin perform pg_sleep(" + seconds
                + "); return null; end $$");
        database.change("create constraint trigger nap after insert or update on message_segment"
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
        database.change("drop trigger if exists nap on message_segment");
        database.change("drop function if exists nap()");
        database.close();
    }
}
