package app.patter.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Readers of event streams, any number of them on one thread. */
final class Followers implements AutoCloseable {

    private static final byte[] ARTICLE = "<article".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
    private volatile boolean closed;

    Followers() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::run, "bench-readers");
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends a request and follows its answer. */
    Follower follow(int port, String request) {
        try {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.configureBlocking(false);
            Follower follower = new Follower(channel);
            channel.register(selector, SelectionKey.OP_READ, follower);
            selector.wakeup();
            return follower;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::ready, 100);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (!((Follower) key.attachment()).read(in)) {
                key.cancel();
            }
        } catch (IOException | CancelledKeyException e) {
            key.cancel();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One reader: the text it shows now, and when it first saw each token. */
    static final class Follower implements AutoCloseable {
        private final SocketChannel channel;
        private final Ints shown = new Ints();
        private final Ints stamps = new Ints();
        private final Ints arrivals = new Ints();
        private volatile boolean open;
        private volatile boolean ended;
        private volatile long bytes;
        private volatile int frames;

        // The answer's head, then its chunks (RFC 9112, section 7.1): a chunk may end in the middle of a token.
        private boolean inHead = true;
        private final StringBuilder line = new StringBuilder();
        private int chunk;
        private byte[] body = new byte[1 << 10];
        private int filled;

        Follower(SocketChannel channel) {
            this.channel = channel;
        }

        boolean read(ByteBuffer in) throws IOException {
            in.clear();
            int count = channel.read(in);
            int now = Stamp.now();
            if (count < 0) {
                ended = true;
                channel.close();
                return false;
            }
            in.flip();
            while (in.hasRemaining()) {
                if (chunk > 0) {
                    take(in);
                } else {
                    line(in);
                }
            }
            scan(now);
            return true;
        }

        private void take(ByteBuffer in) {
            int length = Math.min(chunk, in.remaining());
            if (body.length < filled + length) {
                body = Arrays.copyOf(body, 2 * (filled + length));
            }
            in.get(body, filled, length);
            filled += length;
            chunk -= length;
            bytes += length;
            frames += chunk == 0 ? 1 : 0;
        }

        private void line(ByteBuffer in) {
            char c = (char) in.get();
            if (c != '\n') {
                line.append(c);
                return;
            }
            String text = line.toString().strip();
            line.setLength(0);
            if (inHead) {
                if (text.startsWith("HTTP/") && !text.contains(" 200")) {
                    throw new IllegalStateException("a stream was answered by " + text);
                }
                inHead = !text.isEmpty();
                open |= !inHead;
            } else if (!text.isEmpty()) {
                int extension = text.indexOf(';');
                chunk = Integer.parseInt(extension < 0 ? text : text.substring(0, extension), 16);
            }
        }

        private void scan(int now) {
            int at = 0;
            while (filled - at >= Stamp.LENGTH) {
                int stamp = body[at] == 'T' ? Stamp.read(body, at) : -1;
                if (stamp >= 0) {
                    token(stamp, now);
                    at += Stamp.LENGTH - 1;
                } else if (body[at] == '<'
                        && Arrays.equals(body, at, at + ARTICLE.length, ARTICLE, 0, ARTICLE.length)) {
                    shown.clear(); // a whole message takes the place of what was shown of it
                    at++;
                } else {
                    at++;
                }
            }
            System.arraycopy(body, at, body, 0, filled - at);
            filled -= at;
        }

        private void token(int stamp, int now) {
            shown.add(stamp);
            if (stamp > stamps.last()) {
                arrivals.add(now);
                stamps.add(stamp);
            }
        }

        /** Whether the answer has begun, and not ended. */
        boolean isOpen() {
            return open && !ended;
        }

        /** The tokens of the message that came last, as the page shows them. */
        int[] shown() {
            return shown.toArray();
        }

        /** How many tokens it has seen, those of earlier messages too. */
        int seen() {
            return stamps.size();
        }

        /** The newest token that it has seen, or −1. */
        int last() {
            return stamps.last();
        }

        /** Bytes received so far, without the framing of HTTP. */
        long bytes() {
            return bytes;
        }

        /** Events received so far; the server sends each as one chunk. */
        int frames() {
            return frames;
        }

        /** Adds the microseconds of each token that was sent between two moments. */
        void collect(Latencies latencies, int from, int to) {
            int[] known = stamps.toArray();
            int[] seen = arrivals.toArray();
            for (int i = 0; i < known.length; i++) {
                if (known[i] >= from && known[i] < to) {
                    latencies.add(seen[i] - known[i]);
                }
            }
        }

        /** Microseconds that a token took. */
        int latency(int stamp) {
            return arrivals.toArray()[Arrays.binarySearch(stamps.toArray(), stamp)] - stamp;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
