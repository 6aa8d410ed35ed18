package app.patter.tool.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolInvocation;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebPagesTest {

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final WebPages strict = new WebPages(executor);
    private final WebPages open = new WebPages(executor, address -> true, true);
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(executor);
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        strict.close();
        open.close();
        executor.shutdownNow();
    }

    private String serves(String type, String body) {
        server.createContext("/page", exchange -> answer(exchange, 200, type, body.getBytes(StandardCharsets.UTF_8)));
        return base() + "/page";
    }

    private void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        asked.incrementAndGet();
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        } catch (IOException e) {
            // whoever asked has read enough
        }
        exchange.close();
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static ToolAnswer read(WebPages pages, String address) {
        return pages.read(address).answer().join();
    }

    @Test
    void aPageIsReadAsItsText() {
        String address = serves(
                "text/html; charset=utf-8",
                "<title>Swifts</title><nav>Menu</nav><main><h1>Swifts</h1><p>They sleep in the&nbsp;air.</p>"
                        + "<script>steal()</script><p>For ten months.</p></main><footer>Imprint</footer>");
        ToolAnswer answer = read(open, address);
        assertFalse(answer.failed(), answer.text());
        assertTrue(answer.text().startsWith("Swifts\n\n"), answer.text());
        assertTrue(answer.text().contains("They sleep in the air."), answer.text());
        assertFalse(answer.text().contains("steal") || answer.text().contains("Menu"), answer.text());
    }

    @Test
    void textAndJsonAreReadAsTheyAreAndNothingElse() {
        assertEquals(
                "{\"a\":1}", read(open, serves("application/json", "{\"a\":1}")).text());
        server.removeContext("/page");
        assertTrue(read(open, serves("image/png", "x")).failed());
    }

    @Test
    void aLongPageIsCut() {
        ToolAnswer answer = read(open, serves("text/plain", "word ".repeat(1_000_000)));
        assertFalse(answer.failed());
        assertTrue(
                answer.text().length() < 41_000, "characters: " + answer.text().length());
        assertTrue(answer.text().contains("cut"));
    }

    /** Of a page that never ends; the kernels hold some megabytes on the way. */
    @ParameterizedTest
    @CsvSource({"text/plain,200", "text/html,200", "text/html,500", "video/mp4,200"})
    void noMoreIsPulledThanIsTold(String type, int status) throws InterruptedException {
        AtomicLong sent = new AtomicLong();
        CountDownLatch cut = new CountDownLatch(1);
        byte[] piece = "word word word word ".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        server.createContext("/endless", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, 0);
            try (var out = exchange.getResponseBody()) {
                while (sent.get() < 100_000_000) {
                    out.write(piece);
                    sent.addAndGet(piece.length);
                }
            } catch (IOException e) {
                // the connection was cut, as it has to be
            }
            cut.countDown();
        });
        ToolAnswer answer = read(open, base() + "/endless");
        cut.await();
        assertEquals(!type.startsWith("text") || status != 200, answer.failed(), answer.text());
        assertTrue(sent.get() < 30_000_000, "bytes sent: " + sent.get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost/",
                "http://[::1]/",
                "http://2130706433/",
                "http://0/",
                "http://169.254.169.254/latest/meta-data/",
                "http://10.0.0.1/",
                "http://[::ffff:7f00:1]/",
                "https://192.168.0.1/",
                "http://localhost./"
            })
    void aPrivateAddressIsRefusedHoweverItIsWritten(String address) {
        ToolAnswer answer = read(strict, address);
        assertTrue(answer.failed());
        assertTrue(
                answer.text().contains("not on the public internet")
                        || answer.text().contains("no host"),
                address + ": " + answer.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://example.org/",
                "gopher://example.org/",
                "http://user@example.org/",
                "http://example.org:22/",
                "http://example.org:8080/",
                "",
                "no address",
                "http://",
                "//example.org/"
            })
    void onlyTheWebIsRead(String address) {
        assertTrue(read(strict, address).failed());
    }

    @Test
    void aRedirectIsCheckedLikeTheFirstAddress() throws IOException {
        try (WebPages onlyOne =
                new WebPages(executor, address -> address.getHostAddress().equals("127.0.0.1"), true)) {
            server.createContext("/away", exchange -> {
                exchange.getResponseHeaders()
                        .set(
                                "Location",
                                "http://127.0.0.2:" + server.getAddress().getPort() + "/page");
                answer(exchange, 302, "text/plain", new byte[0]);
            });
            serves("text/plain", "secret");
            ToolAnswer answer = read(onlyOne, base() + "/away");
            assertTrue(answer.failed());
            assertTrue(answer.text().contains("not on the public internet"), answer.text());
            assertEquals(1, asked.get(), "only the page that redirects was asked");
        }
    }

    @Test
    void redirectsWithoutEndEnd() {
        server.createContext("/round", exchange -> {
            exchange.getResponseHeaders().set("Location", "/round?" + asked.get());
            answer(exchange, 302, "text/plain", new byte[0]);
        });
        assertTrue(read(open, base() + "/round").failed());
        assertTrue(asked.get() <= 7, "asked: " + asked.get());
    }

    @Test
    void cancellingEndsTheRequest() throws InterruptedException {
        CountDownLatch there = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        server.createContext("/slow", exchange -> {
            there.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        ToolInvocation invocation = open.read(base() + "/slow");
        there.await();
        invocation.cancel().run();
        assertTrue(invocation.answer().join().failed());
        end.countDown();
    }
}
