package app.patter.tool.builtin;

import app.patter.text.Graphemes;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolInvocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.RedirectStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of the public web as text. What a model or a page names may lead inside the network that Patter stands in,
 * so an address is used only after it is resolved and found to be public, at each connection and thus for each redirect
 * too; nothing is resolved a second time. Thread-safe.
 */
public final class WebPages implements AutoCloseable {

    public static final String SCHEMA = """
            {"type":"object","required":["url"],"properties":{"url":{"type":"string",\
            "description":"Address of a public web page, beginning with https:// or http://"}}}""";

    private static final int BYTES = 2_000_000;
    private static final int CHARACTERS = 40_000;
    private static final int REDIRECTS = 5;
    private static final Timeout PATIENCE = Timeout.ofSeconds(10);
    private static final Set<Integer> PORTS = Set.of(-1, 80, 443);

    private final Executor executor;
    private final CloseableHttpClient client;
    private final boolean anyPort;

    public WebPages(Executor executor) {
        this(executor, PublicAddresses::isPublic, false);
    }

    /** For tests, which have only addresses of their own: allows what {@code allowed} says, at any port. */
    WebPages(Executor executor, Predicate<InetAddress> allowed, boolean anyPort) {
        this.executor = executor;
        this.anyPort = anyPort;
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Guarded(allowed))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(PATIENCE)
                                .setSocketTimeout(PATIENCE)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(PATIENCE)
                        .setMaxRedirects(REDIRECTS)
                        .build())
                .setRedirectStrategy(new Checked())
                .setUserAgent("Patter")
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .build();
    }

    /** Resolves a name, and knows only public addresses. */
    private record Guarded(Predicate<InetAddress> allowed) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
            for (InetAddress address : found) {
                if (!allowed.test(address)) {
                    throw new PrivateAddressException();
                }
            }
            return found;
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            return host;
        }
    }

    private static final class PrivateAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;
    }

    /** Lets a redirect lead only to where a model may send us too. */
    private final class Checked implements RedirectStrategy {

        private final RedirectStrategy usual = new DefaultRedirectStrategy();

        @Override
        public boolean isRedirected(HttpRequest request, HttpResponse response, HttpContext context)
                throws HttpException {
            return usual.isRedirected(request, response, context);
        }

        @Override
        public URI getLocationURI(HttpRequest request, HttpResponse response, HttpContext context)
                throws HttpException {
            URI location = usual.getLocationURI(request, response, context);
            if (!mayRead(location)) {
                throw new HttpException("redirected to a place that is not read");
            }
            return location;
        }
    }

    private boolean mayRead(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return (scheme.equals("https") || scheme.equals("http"))
                && address.getHost() != null
                && address.getUserInfo() == null
                && (anyPort || PORTS.contains(address.getPort()));
    }

    /** Begins to read a page. */
    public ToolInvocation read(String address) {
        URI uri;
        try {
            uri = new URI(address.strip());
        } catch (URISyntaxException e) {
            return ToolInvocation.done(
                    ToolAnswer.failed("This is no web address: it holds characters that none may have."));
        }
        if (!mayRead(uri)) {
            return ToolInvocation.done(
                    ToolAnswer.failed(
                            "Only addresses that begin with https:// or http:// are read, at the usual ports, without a user."));
        }
        HttpGet request = new HttpGet(uri);
        CompletableFuture<ToolAnswer> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> answer.complete(fetch(request, uri)));
        } catch (RejectedExecutionException e) {
            answer.complete(ToolAnswer.failed("Patter is going down."));
        }
        return new ToolInvocation(answer, request::abort);
    }

    private ToolAnswer fetch(HttpGet request, URI address) {
        Reading reading = new Reading(request, address);
        try {
            return client.execute(request, reading);
        } catch (IOException | RuntimeException e) {
            ToolAnswer read = reading.answer;
            return read == null ? ToolAnswer.failed(why(e)) : read;
        }
    }

    private static String why(Exception thrown) {
        if (thrown instanceof PrivateAddressException) {
            return "This address is not on the public internet, and is not read.";
        }
        if (thrown instanceof UnknownHostException) {
            return "There is no host of this name.";
        }
        if (thrown instanceof SSLException) {
            return "No safe connection: the server's certificate is not valid for this address.";
        }
        return "The page could not be read (" + thrown.getClass().getSimpleName() + ").";
    }

    /**
     * Reads as much of an answer as is told. The client would read the rest too, to use the connection again; so the
     * connection is cut where there may be more, of which the client complains when there is an answer already.
     */
    private static final class Reading implements HttpClientResponseHandler<ToolAnswer> {

        private final HttpGet request;
        private final URI address;
        private @Nullable ToolAnswer answer;

        Reading(HttpGet request, URI address) {
            this.request = request;
            this.address = address;
        }

        @Override
        public ToolAnswer handleResponse(ClassicHttpResponse response) throws IOException {
            HttpEntity entity = response.getEntity();
            ContentType type = entity == null ? null : ContentType.parseLenient(entity.getContentType());
            String mime = type == null ? "text/html" : type.getMimeType().toLowerCase(Locale.ROOT);
            if (response.getCode() / 100 != 2) {
                return enough(ToolAnswer.failed("The server answered with status " + response.getCode() + "."));
            }
            if (!isText(mime)) {
                return enough(ToolAnswer.failed("This is no text but " + mime + "."));
            }
            byte[] content = entity == null ? new byte[0] : entity.getContent().readNBytes(BYTES + 1);
            ToolAnswer whole = told(Arrays.copyOf(content, Math.min(content.length, BYTES)), mime, type);
            return content.length > BYTES ? enough(whole) : whole;
        }

        private ToolAnswer told(byte[] content, String mime, @Nullable ContentType type) throws IOException {
            Charset charset = type == null ? null : type.getCharset();
            return ToolAnswer.text(
                    mime.contains("html")
                            ? text(content, charset, address)
                            : cut(new String(content, charset == null ? StandardCharsets.UTF_8 : charset)));
        }

        private ToolAnswer enough(ToolAnswer told) {
            answer = told;
            request.abort();
            return told;
        }
    }

    private static boolean isText(String mime) {
        return mime.startsWith("text/") || mime.contains("html") || mime.contains("json") || mime.contains("xml");
    }

    private static String text(byte[] content, @Nullable Charset charset, URI address) throws IOException {
        Document page = Jsoup.parse(
                new ByteArrayInputStream(content), charset == null ? null : charset.name(), address.toString());
        page.select("script, style, noscript, template, svg, nav, footer, form").remove();
        Element main = page.selectFirst("main, article");
        Element body = main == null ? page.body() : main;
        String title = page.title().isBlank() ? "" : page.title().strip() + "\n\n";
        return cut(title
                + body.wholeText()
                        .replaceAll("[ \\t\\x0B\\f\\r\\u00A0]+", " ")
                        .replaceAll(" ?\n[ \n]*\n ?", "\n\n")
                        .strip());
    }

    private static String cut(String text) {
        return text.length() <= CHARACTERS
                ? text
                : Graphemes.start(text, CHARACTERS) + "\n… (cut; the page has " + text.length() + " characters)";
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
