package app.patter.provider;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server on loopback whose certificate nobody trusts. It takes every connection and says nothing. */
public final class SelfSigned implements Closeable {

    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "self-signed";

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
        try {
            KeyStore store = make(folder);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return new SelfSigned(
                    context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /**
     * Makes a certificate for {@code localhost} and its key as the files that other servers want.
     *
     * @return what a client needs that trusts this certificate and no other
     */
    public static SSLContext pem(Path folder, Path certificate, Path key) throws IOException {
        try {
            KeyStore store = make(folder);
            Files.writeString(
                    certificate,
                    block("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
            Files.writeString(
                    key,
                    block(
                            "PRIVATE KEY",
                            store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static String block(String name, byte[] content) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + name + "-----\n" + text + "\n-----END " + name + "-----\n";
    }

    private static KeyStore make(Path folder) throws IOException, GeneralSecurityException {
        Path store = folder.resolve("self-signed.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        ALIAS,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost",
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
            return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
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
