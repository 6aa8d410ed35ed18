package app.patter.upstream;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server on loopback whose certificate nobody trusts. It takes every connection and says nothing. */
public final class SelfSigned implements Closeable {

    private static final String PASSWORD = "changeit";

    private final ServerSocket tls;

    private SelfSigned(ServerSocket tls) {
        this.tls = tls;
        Thread accepting = new Thread(this::accept, "self-signed");
        accepting.setDaemon(true);
        accepting.start();
    }

    /**
     * Starts one on a free port.
     *
     * @param folder for its key
     */
    public static SelfSigned start(Path folder) throws IOException {
        Path store = folder.resolve("self-signed.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool made no key");
            }
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new SelfSigned(
                    context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private void accept() {
        while (!tls.isClosed()) {
            try (Socket socket = tls.accept()) {
                socket.getInputStream().read();
            } catch (IOException e) {
                // the client hangs up, as it should
            }
        }
    }

    /** Where a model server would be. */
    public URI base() {
        return URI.create("https://localhost:" + tls.getLocalPort() + "/v1/");
    }

    @Override
    public void close() throws IOException {
        tls.close();
    }
}
