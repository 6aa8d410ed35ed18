package app.patter.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request that no client would send, such as one for a name that this server does not have. */
final class RawRequest {

    private RawRequest() {}

    /** Gets a path and returns the answer with its headers, as text. */
    static String get(URI server, String path, String host, String... headers) {
        try (Socket socket = new Socket("localhost", server.getPort())) {
            String lines = String.join("\r\n", List.of(headers)) + (headers.length == 0 ? "" : "\r\n");
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + lines + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
