package app.patter.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model server that speaks OpenAI's dialect with hundreds of streams on one thread. The prompt names the stream:
 * {@code #17#}, and what was sent on it can be looked up by that number.
 */
final class TokenServer implements AutoCloseable {

    /** The models, which differ in how they send. */
    enum Pace {
        /** One token at once. */
        WORD(0, 0, 1),
        /** Three tokens at once. */
        BRIEF(0, 1_000, 3),
        /** Six seconds of 50 tokens a second. */
        LETTER(0, 50, 300),
        /** Half a second of 50 tokens a second, after the pause that every model makes before its first token. */
        TALK(300, 50, 25),
        /** 50 tokens a second until {@link #finish}, or for two minutes. */
        LOAD(300, 50, 6_000),
        /** 20 tokens a second until {@link #finish}, or for five minutes. */
        SLOW(300, 20, 6_000),
        /** 1,000 tokens a second until {@link #finish}, or for three minutes. */
        QUICK(300, 1_000, 180_000),
        /** A short answer, 50 tokens a second, as in the next five. */
        FIFTY(300, 50, 50),
        HUNDREDS(300, 50, 500),
        THOUSANDS(300, 50, Sizes.of(5_000)),
        /** The same in one block of code. */
        CODE(300, 50, Sizes.of(1_000)),
        /** The same as 500, with two calls of tools in its middle whose arguments come in turn. */
        CALLS(300, 50, 500),
        /** Half a minute of 50 tokens a second. */
        PAGE(300, 50, Sizes.of(1_500)),
        /** 2,000 tokens a second, for long. */
        LONG(300, 2_000, Sizes.of(100_000)),
        /** The same in one paragraph. */
        ENDLESS(300, 2_000, Sizes.of(100_000)),
        /** As fast as they are read. */
        FLOOD(300, 0, 100_000);

        private final long pause;
        private final int perSecond;
        private final int most;

        Pace(long pause, int perSecond, int most) {
            this.pause = pause;
            this.perSecond = perSecond;
            this.most = most;
        }

        String model() {
            return name().toLowerCase(Locale.ROOT);
        }

        int tokens() {
            return most;
        }

        int perSecond() {
            return perSecond;
        }

        private boolean untilFinished() {
            return this == LOAD || this == SLOW || this == QUICK;
        }

        private Form form() {
            return switch (this) {
                case ENDLESS -> Form.ENDLESS;
                case CODE -> Form.CODE;
                default -> Form.PARAGRAPHS;
            };
        }
    }

    /**
     * What stands around tokens.
     *
     * @param opening before the first
     * @param between between two parts
     * @param part    tokens of a part
     */
    record Form(String opening, String between, int part) {
        static final Form PARAGRAPHS = new Form("", "\n\n", Stamp.PARAGRAPH);
        static final Form ENDLESS = new Form("", "", Integer.MAX_VALUE);
        static final Form CODE = new Form("```\n", "\n", 8);

        /** What stands before a token, counted from 0. */
        String before(int token) {
            if (token == 0) {
                return opening;
            }
            return token % part == 0 ? between : "";
        }
    }

    /** What was sent on one stream. */
    static final class Sent {
        private final Ints stamps = new Ints();
        private volatile Form form = Form.PARAGRAPHS;
        private volatile boolean complete;

        /** Pieces of calls that were sent. */
        private int pieces;

        int[] stamps() {
            return stamps.toArray();
        }

        int size() {
            return stamps.size();
        }

        /** The newest stamp, or −1. */
        int last() {
            return stamps.last();
        }

        /** The text that they make. */
        String text() {
            return Stamp.text(stamps(), form);
        }

        boolean isComplete() {
            return complete;
        }
    }

    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([a-z]+)\"");
    private static final Pattern NUMBER = Pattern.compile("#(\\d+)#");
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private static final byte[] HEAD =
            ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + "Transfer-Encoding: chunked\r\n\r\n");
    private static final byte[] EVENT_START =
            ascii("data: {\"id\":\"bench\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"bench\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"");
    private static final byte[] EVENT_END = ascii("\"},\"finish_reason\":null}]}\n\n");
    private static final byte[] TOKEN = chunk(join(EVENT_START, new byte[Stamp.LENGTH], EVENT_END));
    private static final int TOKEN_STAMP = TOKEN.length - 2 - EVENT_END.length - Stamp.LENGTH;
    private static final byte[] FINISH = join(
            chunk(ascii("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
                    + "data: [DONE]\n\n")),
            ascii("0\r\n\r\n"));

    private static final String CALL = "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":%d,%s"
            + "\"function\":{%s\"arguments\":\"%s\"}}]}}]}\n\n";
    private static final String SUM = "{\\\"expression\\\":\\\"" + "1+".repeat(99) + "1\\\"}";
    private static final int PIECE = 10;
    private static final byte[] CALLED = join(
            chunk(ascii("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\n"
                    + "data: [DONE]\n\n")),
            ascii("0\r\n\r\n"));

    private final Selector selector;
    private final ServerSocketChannel server;
    private final Map<Integer, Sent> streams = new ConcurrentHashMap<>();
    private final PriorityQueue<Connection> due = new PriorityQueue<>(Comparator.comparingLong(c -> c.next));
    private volatile boolean finishing;
    private volatile boolean closed;

    TokenServer() {
        try {
            selector = Selector.open();
            server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 1_024);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::run, "bench-model");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.socket().getLocalPort();
    }

    /** What to give as PATTER_MODEL_URL. */
    String base() {
        return "http://127.0.0.1:" + port() + "/v1";
    }

    /** The stream with this number, which may not have been asked for yet. */
    Sent sent(int number) {
        return streams.computeIfAbsent(number, key -> new Sent());
    }

    /** Ends every stream that runs now and has no end of its own. */
    void finish() {
        finishing = true;
    }

    /** Lets later ones run again. */
    void goOn() {
        finishing = false;
    }

    private void run() {
        try {
            while (!closed) {
                // Tokens are stamped when they are sent, so a late wake-up shifts them but adds nothing to a latency.
                Connection head = due.peek();
                if (head != null && head.next <= System.nanoTime()) {
                    selector.selectNow(this::ready);
                } else {
                    selector.select(this::ready, 1);
                }
                long now = System.nanoTime();
                for (Connection first = due.peek(); first != null && first.next <= now; first = due.peek()) {
                    due.remove();
                    first.send();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
            } else {
                ((Connection) key.attachment()).ready();
            }
        } catch (IOException | CancelledKeyException e) {
            key.cancel();
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Connection connection = new Connection(channel);
            connection.key = channel.register(selector, SelectionKey.OP_READ, connection);
        }
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            server.close();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Connection {
        private final SocketChannel channel;
        private ByteBuffer in = ByteBuffer.allocate(1 << 14);
        private ByteBuffer out = ByteBuffer.allocate(0);
        private SelectionKey key;
        private Pace pace = Pace.WORD;
        private Sent sent = new Sent();
        private boolean running;
        private long next;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void ready() throws IOException {
            if (key.isReadable()) {
                if (!in.hasRemaining()) {
                    in = ByteBuffer.allocate(2 * in.capacity()).put(in.flip());
                }
                if (channel.read(in) < 0) {
                    running = false;
                    due.remove(this);
                    channel.close();
                    return;
                }
                request();
            }
            if (key.isWritable()) {
                flush();
                if (running && !out.hasRemaining()) {
                    next = System.nanoTime();
                    due.add(this);
                }
            }
        }

        private void request() throws IOException {
            String text = new String(in.array(), 0, in.position(), StandardCharsets.UTF_8);
            int body = text.indexOf("\r\n\r\n") + 4;
            if (body < 4) {
                return;
            }
            Matcher length = LENGTH.matcher(text.substring(0, body));
            if (in.position() < body + (length.find() ? Integer.parseInt(length.group(1)) : 0)) {
                return;
            }
            in.clear();
            if (text.startsWith("GET ")) {
                write(models());
            } else {
                begin(text.substring(body));
            }
        }

        private void begin(String body) throws IOException {
            Matcher model = MODEL.matcher(body);
            Matcher number = NUMBER.matcher(body);
            int stream = -1;
            while (number.find()) {
                stream = Integer.parseInt(number.group(1)); // the last one; the others are earlier turns
            }
            if (!model.find() || stream < 0) {
                throw new IOException("no request of this benchmark: " + body);
            }
            pace = Pace.valueOf(model.group(1).toUpperCase(Locale.ROOT));
            sent = sent(stream);
            sent.form = pace.form();
            running = true;
            write(HEAD);
            next = System.nanoTime() + pace.pause * 1_000_000;
            due.add(this);
        }

        /** Sends what is due now, and puts itself back into the queue. */
        void send() {
            try {
                if (sent.size() >= pace.most || (pace.untilFinished() && finishing)) {
                    running = false;
                    write(FINISH);
                    sent.complete = true;
                    return;
                }
                if (pace == Pace.CALLS && sent.size() == pace.most / 2 && sent.pieces < 2 * pieces()) {
                    write(piece());
                    running = sent.pieces < 2 * pieces();
                    if (!running) {
                        write(CALLED); // the next request goes on
                        return;
                    }
                } else {
                    write(pace == Pace.FLOOD ? many() : token());
                }
                next = pace.perSecond == 0 ? System.nanoTime() : next + 1_000_000_000L / pace.perSecond;
                if (!out.hasRemaining()) {
                    due.add(this); // otherwise the socket is full, and sending goes on when there is room
                }
            } catch (IOException e) {
                running = false;
                key.cancel();
            }
        }

        /** The next piece of the one call or the other, in turn. */
        private byte[] piece() {
            int call = sent.pieces % 2;
            int from = sent.pieces / 2 * PIECE;
            sent.pieces++;
            String named = from > 0 ? "" : "\"id\":\"call" + call + "\",\"type\":\"function\",";
            String tool = from > 0 ? "" : "\"name\":\"calculator\",";
            String part = SUM.substring(from, Math.min(from + PIECE, SUM.length()));
            return chunk(ascii(String.format(Locale.ROOT, CALL, call, named, tool, part)));
        }

        private static int pieces() {
            return (SUM.length() + PIECE - 1) / PIECE;
        }

        private byte[] many() {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            for (int i = 0; i < 50 && sent.size() < pace.most; i++) {
                block.writeBytes(token());
            }
            return block.toByteArray();
        }

        private byte[] token() {
            byte[] token = TOKEN.clone();
            int stamp = Math.max(Stamp.now(), sent.stamps.last() + 1);
            Stamp.write(stamp, token, TOKEN_STAMP);
            String before = sent.form.before(sent.size());
            sent.stamps.add(stamp);
            return before.isEmpty() ? token : join(event(before), token);
        }

        private void write(byte[] bytes) throws IOException {
            if (out.hasRemaining()) {
                byte[] rest = Arrays.copyOfRange(out.array(), out.position(), out.limit());
                out = ByteBuffer.wrap(join(rest, bytes));
            } else {
                out = ByteBuffer.wrap(bytes);
            }
            flush();
        }

        private void flush() throws IOException {
            channel.write(out);
            boolean full = out.hasRemaining();
            key.interestOps(full ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        }
    }

    private static byte[] event(String text) {
        return chunk(join(EVENT_START, ascii(text.replace("\n", "\\n")), EVENT_END));
    }

    private static byte[] models() {
        String body = Arrays.stream(Pace.values())
                .map(pace -> "{\"id\":\"" + pace.model() + "\"}")
                .collect(Collectors.joining(",", "{\"data\":[", "]}"));
        return ascii("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body);
    }

    private static byte[] chunk(byte[] bytes) {
        return join(ascii(Integer.toHexString(bytes.length) + "\r\n"), bytes, ascii("\r\n"));
    }

    private static byte[] join(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
