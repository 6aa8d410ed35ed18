package app.patter.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aBodyOfTheGreatestLengthIsReadWhole() throws IOException {
        byte[] body = new byte[20_000];
        body[19_999] = 1;
        assertArrayEquals(body, new LimitedBody(20_000, MINUTE).read(new ByteArrayInputStream(body)));
        assertEquals(0, new LimitedBody(0, MINUTE).read(InputStream.nullInputStream()).length);
    }

    @Test
    void ofALongerBodyLittleIsRead() {
        int[] read = {0};
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                read[0]++;
                return 'a';
            }
        };
        ProblemException refused =
                assertThrows(ProblemException.class, () -> new LimitedBody(20_000, MINUTE).read(endless));
        assertEquals(413, refused.status());
        assertEquals(3 * 8_192, read[0]);
    }

    @Test
    void aBodyThatComesByteByByteIsRefusedWhenItsTimeIsOver() {
        long[] now = {0};
        InputStream slow = new InputStream() {
            @Override
            public int read() {
                return 'a';
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
                now[0] += Duration.ofSeconds(5).toNanos();
                bytes[from] = 'a';
                return 1;
            }
        };
        LimitedBody limited = new LimitedBody(20_000, Duration.ofSeconds(30), () -> now[0]);
        assertEquals(
                408,
                assertThrows(ProblemException.class, () -> limited.read(slow)).status());
        assertEquals(Duration.ofSeconds(35).toNanos(), now[0]);
    }
}
