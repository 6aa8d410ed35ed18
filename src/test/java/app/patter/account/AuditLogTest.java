package app.patter.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditLogTest {

    @Test
    void anEventIsOneLineOfWords() {
        UUID id = UUID.fromString("00000000-0000-0000-0000-000000000007");
        assertEquals(
                "event=login-failed by=- about=" + id + " from=192.0.2.7",
                AuditLog.line(AuditEvent.LOGIN_FAILED, null, id, "192.0.2.7"));
    }

    @Test
    void nothingThatIsLoggedCanPretendToBeAnotherEvent() {
        String line = AuditLog.line(AuditEvent.SERVER_ADDED, null, "x\nevent=login-succeeded \u0085by=y", null);
        assertEquals("event=server-added by=- about=x_event_login-succeeded_by_y from=-", line);
        assertTrue(AuditLog.line(AuditEvent.SERVER_ADDED, null, "x".repeat(5_000), null)
                        .length()
                < 400);
    }
}
