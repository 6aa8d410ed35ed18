package app.patter.tool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Stands on loopback before a server, hands on all bytes, and keeps those that the client sends. */
public final class RecordingProxy implements AutoCloseable {

    private final ServerSocket server;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    /** Guarded by this. */
    private final List<Link> links = new ArrayList<>();

    private volatile int target;

    /** One connection, and when its client has let go of it. */
    private record Link(Socket client, Socket server, CountDownLatch left) {}

    public RecordingProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    /** Everything that clients have sent so far. */
    public String sent() {
        synchronized (sent) {
            return sent.toString(StandardCharsets.UTF_8);
        }
    }

    /** From now on leads elsewhere, as if the server had been restarted; returns when no client uses the old one. */
    public void leadsTo(int port) throws IOException, InterruptedException {
        target = port;
        List<Link> old;
        synchronized (this) {
            old = List.copyOf(links);
            links.clear();
        }
        for (Link link : old) {
            link.server().close();
            if (!link.client().isClosed()) {
                link.client().shutdownOutput();
            }
            link.left().await();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
            Link link = new Link(client, there, new CountDownLatch(1));
            synchronized (this) {
                links.add(link);
            }
            daemon(() -> {
                try {
                    copy(client.getInputStream(), there, true);
                } finally {
                    link.left().countDown();
                }
            });
            daemon(() -> copy(there.getInputStream(), client, false));
        }
    }

    private void copy(InputStream from, Socket to, boolean record) {
        byte[] buffer = new byte[8192];
        try {
            OutputStream out = to.getOutputStream();
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                if (record) {
                    synchronized (sent) {
                        sent.write(buffer, 0, read);
                    }
                }
                if (!to.isClosed()) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // one side has gone
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // closed
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (this) {
            for (Link link : links) {
                link.client().close();
                link.server().close();
            }
        }
    }
}
