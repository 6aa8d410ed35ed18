package app.patter.tool.builtin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Tells addresses of the public internet from all others (IANA's registries of special-purpose addresses). Pure. */
final class PublicAddresses {

    /** Of IPv4, in front of what the JDK knows by itself. */
    private static final List<Block> SPECIAL = List.of(
            Block.of(0, 0, 0, 0, 8), // this network
            Block.of(10, 0, 0, 0, 8),
            Block.of(100, 64, 0, 0, 10), // carriers
            Block.of(127, 0, 0, 0, 8),
            Block.of(169, 254, 0, 0, 16), // link; also where clouds tell machines their secrets
            Block.of(172, 16, 0, 0, 12),
            Block.of(192, 0, 0, 0, 24),
            Block.of(192, 0, 2, 0, 24),
            Block.of(192, 31, 196, 0, 24),
            Block.of(192, 52, 193, 0, 24),
            Block.of(192, 88, 99, 0, 24),
            Block.of(192, 168, 0, 0, 16),
            Block.of(192, 175, 48, 0, 24),
            Block.of(198, 18, 0, 0, 15),
            Block.of(198, 51, 100, 0, 24),
            Block.of(203, 0, 113, 0, 24),
            Block.of(224, 0, 0, 0, 3)); // many at once, reserved, all at once

    private PublicAddresses() {}

    private record Block(long first, int bits) {

        static Block of(int a, int b, int c, int d, int bits) {
            return new Block(number(new byte[] {(byte) a, (byte) b, (byte) c, (byte) d}), bits);
        }

        boolean holds(long address) {
            return address >> (32 - bits) == first >> (32 - bits);
        }
    }

    private static long number(byte[] four) {
        long number = 0;
        for (byte part : four) {
            number = number << 8 | (part & 0xFF);
        }
        return number;
    }

    /** Whether an address may belong to somebody else than the network that this machine is in. */
    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? SPECIAL.stream().noneMatch(block -> block.holds(number(bytes)))
                : isPublic((Inet6Address) address, bytes);
    }

    /** Only 2000::/3 is given out; in it lie tunnels and translations, which hold an IPv4 address, and examples. */
    private static boolean isPublic(Inet6Address address, byte[] bytes) {
        boolean global = (bytes[0] & 0xE0) == 0x20 && !address.isMulticastAddress();
        if (!global) {
            return begins(bytes, 0x00, 0x64, 0xFF, 0x9B) && isZero(bytes, 4, 12) && isPublic(bytes, 12);
        }
        if (begins(bytes, 0x20, 0x02)) {
            return isPublic(bytes, 2);
        }
        boolean special = begins(bytes, 0x20, 0x01, 0x0D, 0xB8)
                || (begins(bytes, 0x20, 0x01) && (bytes[2] & 0xFE) == 0)
                || begins(bytes, 0x3F, 0xFF);
        return !special;
    }

    private static boolean isPublic(byte[] bytes, int from) {
        try {
            return isPublic(InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean begins(byte[] bytes, int... first) {
        for (int at = 0; at < first.length; at++) {
            if ((bytes[at] & 0xFF) != first[at]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return true;
    }
}
