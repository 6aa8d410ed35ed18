package app.patter.server;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** nginx as the system's package brings it, with its defaults, in front of a Patter on loopback. */
final class Nginx implements AutoCloseable {

    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/nginx"), Path.of("/usr/bin/nginx"));

    private final Process process;
    private final int port;

    private Nginx(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one. Where nginx is not installed the test is skipped, or fails if the variable CI is "true".
     *
     * @param folder  for its configuration and temporary files
     * @param options further lines for the one location, such as a time-out
     */
    static Nginx before(URI patter, Path folder, String options) {
        Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
        if (program == null) {
            String why = "nginx is not installed; what is tested behind it was not tested.";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(why);
            }
            System.err.println("SKIPPED: " + why);
            return abort(why);
        }
        try {
            int port = freePort();
            Path configuration = Files.writeString(
                    folder.resolve("nginx.conf"), """
                    daemon off;
                    pid %1$s/nginx.pid;
                    error_log stderr;
                    events {}
                    http {
                      access_log off;
                      client_body_temp_path %1$s/body;
                      proxy_temp_path %1$s/proxy;
                      fastcgi_temp_path %1$s/fastcgi;
                      uwsgi_temp_path %1$s/uwsgi;
                      scgi_temp_path %1$s/scgi;
                      server {
                        listen 127.0.0.1:%2$d;
                        location / { proxy_pass http://127.0.0.1:%3$d; %4$s }
                      }
                    }
                    """.formatted(folder, port, patter.getPort(), options));
            Process process = new ProcessBuilder(
                            program.toString(), "-c", configuration.toString(), "-p", folder.toString(), "-e", "stderr")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("nginx.log").toFile())
                    .start();
            Nginx nginx = new Nginx(process, port);
            Until.holds("nginx listens", nginx::listens);
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private boolean listens() {
        try (Socket ignored = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    @Override
    public void close() {
        try (Stream<ProcessHandle> workers = process.descendants()) {
            List<ProcessHandle> all = workers.toList();
            process.destroy();
            process.onExit().join();
            all.forEach(ProcessHandle::destroy);
        }
    }
}
