package app.patter.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoginChecksTest {

    private final List<String> ended = new ArrayList<>();
    private boolean away;
    private int asked;

    private final LoginChecks checks = new LoginChecks(
            () -> List.of("a", "b", "a"),
            keys -> {
                asked++;
                assertEquals(Set.of("a", "b"), keys);
                if (away) {
                    throw new IllegalStateException("no database");
                }
                return Set.of("b");
            },
            ended::add,
            Runnable::run);

    private void seconds(int number) {
        for (int second = 0; second < number; second++) {
            checks.tick();
        }
    }

    @Test
    void everyTenSecondsTheStreamsOfLoginsThatHaveEndedEnd() {
        seconds(9);
        assertEquals(List.of(), ended);
        seconds(1);
        assertEquals(List.of("a"), ended);
        seconds(10);
        assertEquals(2, asked);
    }

    @Test
    void whileTheDatabaseIsAwayStreamsStayOpen() {
        away = true;
        seconds(10);
        assertEquals(List.of(), ended);
        away = false;
        seconds(10);
        assertEquals(List.of("a"), ended);
    }
}
