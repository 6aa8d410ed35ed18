package app.patter.provider.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class InflatingTest {

    private static final byte[] TEXT = "data: Grüße, 世界\n\n".repeat(500).getBytes(StandardCharsets.UTF_8);

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] deflate(boolean bare) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream deflate = new DeflaterOutputStream(packed, new Deflater(6, bare))) {
            deflate.write(TEXT);
        }
        return packed.toByteArray();
    }

    private static byte[] unpacked(String encoding, byte[] packed, int cut) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Inflating inflating = Inflating.of(encoding);
        Inflating.Unpacked out = bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            all.writeBytes(copy);
        };
        inflating.feed(ByteBuffer.wrap(packed, 0, cut), out);
        inflating.feed(ByteBuffer.wrap(packed, cut, packed.length - cut), out);
        inflating.close();
        return all.toByteArray();
    }

    private static void assertUnpacked(String encoding, byte[] packed) throws Exception {
        for (int cut = 0; cut <= packed.length; cut++) {
            assertArrayEquals(TEXT, unpacked(encoding, packed, cut));
        }
        assertArrayEquals(TEXT, Inflating.whole(encoding, packed, TEXT.length + 1));
        assertEquals(10, Inflating.whole(encoding, packed, 10).length);
    }

    @Test
    void bothEncodingsAreUnpackedWhereverTheyAreCut() throws Exception {
        assertUnpacked("gzip", gzip(TEXT));
        assertUnpacked(" X-GZip", gzip(TEXT));
        assertUnpacked("deflate", deflate(false));
        assertUnpacked("deflate", deflate(true));
    }

    @Test
    void aBodyMayHaveSeveralMembersAndPadding() throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(gzip(TEXT));
        members.writeBytes(gzip(TEXT));
        members.writeBytes(new byte[20]);
        assertEquals(2 * TEXT.length, unpacked("gzip", members.toByteArray(), 7).length);
    }

    @Test
    void aHeaderMayHaveANameAndMore() throws Exception {
        byte[] plain = gzip(TEXT);
        ByteArrayOutputStream named = new ByteArrayOutputStream();
        named.write(plain, 0, 3);
        named.write(2 + 4 + 8 + 16); // a check sum, an extra field, a name and a comment
        named.write(plain, 4, 6);
        named.writeBytes(new byte[] {3, 0, 'a', 'b', 'c', 'n', 0, 'c', 0});
        CRC32 sum = new CRC32();
        sum.update(named.toByteArray());
        named.write((int) sum.getValue());
        named.write((int) sum.getValue() >> 8);
        named.write(plain, 10, plain.length - 10);
        assertUnpacked("gzip", named.toByteArray());
    }

    @Test
    void whatIsNotPackedIsLeftAlone() throws Exception {
        assertNull(Inflating.of(""));
        assertNull(Inflating.of("identity"));
        assertArrayEquals(TEXT, Inflating.whole("gzip", TEXT, TEXT.length));
        assertArrayEquals(TEXT, unpacked("gzip", TEXT, 1));
        assertArrayEquals(TEXT, unpacked("deflate", TEXT, TEXT.length));
        byte[] broken = gzip(TEXT);
        broken[20] ^= 0x55;
        assertThrows(DataFormatException.class, () -> unpacked("gzip", broken, 3));
    }
}
