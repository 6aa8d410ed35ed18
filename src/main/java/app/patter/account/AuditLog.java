package app.patter.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line for each event that matters for security, in a log of its own ({@code app.patter.audit}), so that it can be kept
 * elsewhere and longer. Never secrets, never what people write, never a name that nobody has: people type passwords there.
 */
@ApplicationScoped
public class AuditLog {

    private static final Logger LOG = System.getLogger("app.patter.audit");
    private static final Pattern UNSAFE = Pattern.compile("[\\s\\p{Cntrl}\"=]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final int LONGEST = 200;

    @Inject
    private CurrentUser user;

    @Inject
    private HttpServletRequest request;

    /**
     * Notes what the person of this request has done.
     *
     * @param about what it was done to, such as an id; null if that is the person
     */
    public void log(AuditEvent event, @Nullable Object about) {
        write(event, user.isKnown() ? user.id() : null, about, request.getRemoteAddr());
    }

    /** Notes what somebody who is not logged in has done. */
    void stranger(AuditEvent event, @Nullable UUID account) {
        write(event, null, account, request.getRemoteAddr());
    }

    /** Notes what Patter has done at its start, because its operator wanted it. */
    void operator(AuditEvent event, UUID account) {
        write(event, null, account, "operator");
    }

    private static void write(AuditEvent event, @Nullable UUID by, @Nullable Object about, String from) {
        LOG.log(Level.INFO, line(event, by, about, from));
    }

    /** The line: words without blanks, so that programs can read it. */
    static String line(AuditEvent event, @Nullable UUID by, @Nullable Object about, @Nullable String from) {
        return "event=" + event.word() + " by=" + clean(by) + " about=" + clean(about) + " from=" + clean(from);
    }

    private static String clean(@Nullable Object value) {
        String text = value == null ? "-" : UNSAFE.matcher(value.toString()).replaceAll("_");
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
