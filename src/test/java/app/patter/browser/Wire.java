package app.patter.browser;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The network between a browser and Patter, which a test can cut, hold up and mend. */
final class Wire implements Closeable {

    private final int target;
    private final ServerSocket server;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Object lock = new Object();
    private volatile boolean refuses;
    private volatile int speed;
    private volatile Function<String, List<String>> tampering = List::of;
    private boolean stalled;
    private int generation;
    private int dead;

    /** A wire to a port on this machine. */
    Wire(int target) {
        this.target = target;
        try {
            server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    URI address() {
        return URI.create("http://localhost:" + server.getLocalPort() + "/");
    }

    /** Connections so far. */
    int connections() {
        return connections.get();
    }

    /** Breaks everything that is open; new connections work. */
    void cut() {
        ends.forEach(Wire::reset);
    }

    /** Breaks everything, and every new connection, until it is mended. */
    void breaks() {
        refuses = true;
        cut();
    }

    /** Holds every byte back in both directions, without breaking anything, until it is mended. */
    void stalls() {
        synchronized (lock) {
            stalled = true;
        }
    }

    /** All that is open carries nothing any more, and nobody is told; new connections work. */
    void dies() {
        synchronized (lock) {
            dead = ++generation;
        }
    }

    /** Lets new connections through again. */
    void connects() {
        refuses = false;
    }

    /** Lets no more than this many bytes of answers through in a second, on each connection, until it is mended. */
    void slows(int bytesPerSecond) {
        speed = bytesPerSecond;
    }

    /**
     * Changes what event streams bring.
     *
     * @param change what is to come in place of an event; each as it is on the wire, without the empty line at its end
     */
    void tampers(Function<String, List<String>> change) {
        tampering = change;
    }

    void isMended() {
        connects();
        speed = 0;
        synchronized (lock) {
            stalled = false;
            lock.notifyAll();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        isMended();
        cut();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket browser = server.accept();
                connections.incrementAndGet();
                connect(browser);
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket browser) {
        try {
            if (refuses) {
                throw new IOException("broken");
            }
            Socket patter = new Socket(InetAddress.getLoopbackAddress(), target);
            browser.setTcpNoDelay(true);
            patter.setTcpNoDelay(true);
            ends.add(browser);
            ends.add(patter);
            int mine;
            synchronized (lock) {
                mine = generation;
            }
            start(() -> pump(browser, patter, (out, bytes) -> pass(out, bytes, mine)));
            EventStream events = new EventStream(event -> tampering.apply(event));
            start(() -> pump(patter, browser, (out, bytes) -> slowly(out, events.change(bytes), mine)));
        } catch (IOException e) {
            reset(browser);
        }
    }

    /** What becomes of bytes that arrive. */
    private interface Passage {
        void pass(OutputStream out, byte[] bytes) throws IOException, InterruptedException;
    }

    private static void pump(Socket from, Socket to, Passage passage) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8_192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                passage.pass(out, Arrays.copyOf(buffer, read));
            }
        } catch (IOException e) {
            // either side went
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reset(from);
            reset(to);
        }
    }

    private void pass(OutputStream out, byte[] bytes, int mine) throws IOException, InterruptedException {
        hold(mine);
        out.write(bytes);
        out.flush();
    }

    private void slowly(OutputStream out, byte[] bytes, int mine) throws IOException, InterruptedException {
        int at = 0;
        while (at < bytes.length) {
            int perSecond = speed;
            int size = perSecond == 0 ? bytes.length - at : Math.min(bytes.length - at, Math.max(1, perSecond / 20));
            pass(out, Arrays.copyOfRange(bytes, at, at + size), mine);
            at += size;
            if (perSecond > 0) {
                Thread.sleep(50);
            }
        }
    }

    private void hold(int mine) throws InterruptedException {
        synchronized (lock) {
            while (stalled || mine < dead) {
                lock.wait();
            }
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    private static void reset(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is broken already, which is what we want
        }
    }
}
