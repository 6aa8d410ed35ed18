package app.patter.answer;

import app.patter.concurrent.Places;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * How many answers one account may have written on this node at once, and how many it may ask for in a minute: each costs a
 * connection, memory and the operator's money.
 */
@ApplicationScoped
public class AnswerLimits {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    /** Seconds after which some answers have ended. */
    private static final int SOON = 10;

    private final Places places;
    private final long perMinute;
    private final LongSupplier clock;

    /** When an account will have all its messages of a minute again, as {@link System#nanoTime()}; none where it has. */
    private final Cache<UUID, Long> spent;

    public AnswerLimits() {
        this(
                Settings.ofProcess().number(Setting.ANSWERS_PER_ACCOUNT),
                Settings.ofProcess().number(Setting.MESSAGES_PER_MINUTE),
                System::nanoTime);
    }

    AnswerLimits(long atOnce, long perMinute, LongSupplier clock) {
        this.places = new Places(atOnce);
        this.perMinute = perMinute;
        this.clock = clock;
        this.spent = Caffeine.newBuilder()
                .expireAfterWrite(Duration.ofMinutes(1))
                .ticker(clock::getAsLong)
                .build();
    }

    /**
     * Counts one more answer, which is to be {@linkplain #release released} once.
     *
     * @throws ProblemException with status 429 if that would be too many
     */
    void admit(UUID account) {
        if (!places.take(account)) {
            throw ProblemException.passing(ProblemCode.TOO_MANY_ANSWERS, SOON);
        }
        long wait = spend(account);
        if (wait > 0) {
            places.release(account);
            throw ProblemException.passing(
                    ProblemCode.TOO_MANY_MESSAGES, (int) Duration.ofNanos(wait).toSeconds() + 1);
        }
    }

    /** Counts an answer that goes on and was admitted before. */
    void resume(UUID account) {
        places.force(account);
    }

    /** An answer has ended, or was not begun. */
    void release(UUID account) {
        places.release(account);
    }

    /** Spends one message of those that come back evenly within a minute; otherwise says how long to wait for it. */
    private long spend(UUID account) {
        long cost = MINUTE / perMinute;
        long[] wait = {0};
        spent.asMap().compute(account, (id, known) -> {
            long now = clock.getAsLong();
            long full = (known == null || known - now < 0 ? now : known) + cost;
            wait[0] = full - now - MINUTE;
            return wait[0] > 0 ? known : Long.valueOf(full);
        });
        return wait[0];
    }
}
