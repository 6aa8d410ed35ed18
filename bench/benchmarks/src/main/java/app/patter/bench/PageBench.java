package app.patter.bench;

import app.patter.browser.Chromium;
import app.patter.markdown.Writer;
import app.patter.provider.LoopbackModel;
import app.patter.server.PatterServer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/**
 * Measures a conversation's page in Chromium, while an answer of 9,000 tokens grows to more than 10,000: frames as the
 * page's own animation callbacks see them, and what the main thread does as the browser's performance counters tell.
 */
public final class PageBench {

    private static final int BEFORE = 9_000;
    private static final int SECONDS = 12;
    private static final int OLD = 500;

    private final LoopbackModel model = LoopbackModel.start();
    private final Playwright playwright = Chromium.playwright();
    private final Browser browser = Chromium.launch(playwright);
    private final Path folder = Files.createTempDirectory("patter-page-bench");
    private final PatterServer server =
            PatterServer.start(folder, Map.of("PATTER_MODEL_URL", model.base().toString()));
    private final Page page = browser.newPage();

    private PageBench() throws IOException {}

    /** Runs everything and prints it. */
    public static void main(String[] arguments) throws IOException {
        PageBench bench = new PageBench();
        try {
            bench.run();
        } finally {
            bench.browser.close();
            bench.playwright.close();
            bench.server.close();
            bench.model.close();
        }
    }

    private void run() throws IOException {
        model.models(answer -> answer.status(200, "{\"object\":\"list\",\"data\":[{\"id\":\"as-asked\"}]}"));
        page.navigate(server.address().toString());
        page.fill("#name", "bench");
        page.fill("#password", "quick brown fox");
        page.click("button.send");
        page.waitForSelector("#composer");
        weigh();
        for (int speed : new int[] {50, 200, 1_000}) {
            grow(speed);
        }
        old();
    }

    private void weigh() {
        Object sizes = page.evaluate(
                "() => Promise.all([...document.querySelectorAll('script[src], link[rel=stylesheet],"
                        + " link[rel=modulepreload]')].map(async e => [e.src || e.href, await (await fetch(e.src || e.href)).text()]))");
        int all = 0;
        for (Object size : (List<?>) sizes) {
            List<?> file = (List<?>) size;
            int zipped = zipped((String) file.get(1));
            all += zipped;
            tell("gzipped " + ((String) file.get(0)).replaceFirst(".*/", ""), "%d bytes", zipped);
        }
        tell("gzipped in all", "%d bytes", all);
    }

    private static int zipped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.size();
    }

    private void grow(int speed) {
        Writer writer = new Writer(speed);
        StringBuilder text = new StringBuilder();
        while (text.length() < 4 * (BEFORE + 3 * SECONDS * speed)) {
            text.append(writer.answer(1, true));
        }
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        model.script("page-" + speed, answer -> {
            answer.stream().text(text.substring(0, 4 * BEFORE));
            begun.await(60, TimeUnit.SECONDS);
            long next = System.nanoTime();
            for (int at = 4 * BEFORE; over.getCount() > 0 && at < text.length(); at += 4) {
                answer.text(text.substring(at, Math.min(at + 4, text.length())));
                next += 1_000_000_000L / speed;
                LockSupport.parkNanos(next - System.nanoTime());
            }
            answer.finish("stop").done();
        });
        page.navigate(server.address().toString());
        page.fill("#text", "Please [page-" + speed + "]");
        page.press("#text", "Enter");
        page.waitForSelector(".head[data-state=writing]");
        page.waitForTimeout(1_500);
        CDPSession devtools = page.context().newCDPSession(page);
        devtools.send("Performance.enable");
        begun.countDown();
        page.waitForTimeout(1_000);
        Map<String, Double> before = counters(devtools);
        page.waitForTimeout(SECONDS * 1_000);
        Map<String, Double> after = counters(devtools);
        String name = speed + " tokens/s: ";
        double time = after.get("Timestamp") - before.get("Timestamp");
        for (String task : List.of("TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration")) {
            tell(name + task + " (main thread)", "%.1f %%", 100 * (after.get(task) - before.get(task)) / time);
        }
        frames(name);
        over.countDown();
        page.waitForSelector(".assistant .head[data-state=done]");
        devtools.send("HeapProfiler.enable");
        devtools.send("HeapProfiler.collectGarbage");
        tell(name + "live JS heap", "%.1f MB", counters(devtools).get("JSHeapUsedSize") / 1e6);
        tell(name + "nodes of the page", "%.0f", counters(devtools).get("Nodes"));
        devtools.detach();
    }

    private void frames(String name) {
        @SuppressWarnings("unchecked")
        List<Number> gaps = (List<Number>) page.evaluate(
                "seconds => new Promise(done => { const gaps = []; let last = 0;"
                        + " const start = performance.now(); const step = now => { if (last) gaps.push(now - last); last = now;"
                        + " if (now - start < 1000 * seconds) requestAnimationFrame(step); else done(gaps) };"
                        + " requestAnimationFrame(step) })",
                SECONDS);
        double[] sorted =
                gaps.stream().mapToDouble(Number::doubleValue).sorted().toArray();
        double all = Arrays.stream(sorted).sum();
        tell(name + "frames/s", "%.1f", 1000 * sorted.length / all);
        tell(name + "frame, p99", "%.1f ms", sorted[(int) (sorted.length * 0.99)]);
        tell(name + "longest frame", "%.1f ms", sorted[sorted.length - 1]);
    }

    private static Map<String, Double> counters(CDPSession devtools) {
        Map<String, Double> found = new HashMap<>();
        for (JsonElement metric : devtools.send("Performance.getMetrics").getAsJsonArray("metrics")) {
            JsonObject pair = metric.getAsJsonObject();
            found.put(pair.get("name").getAsString(), pair.get("value").getAsDouble());
        }
        return found;
    }

    /** A conversation with many messages. */
    private void old() {
        model.script("short", answer -> answer.stream()
                .text(new Writer(7).answer(6, true))
                .finish("stop")
                .done());
        page.navigate(server.address().toString());
        page.fill("#text", "Please [short]");
        page.press("#text", "Enter");
        page.waitForSelector(".assistant .head[data-state=done]");
        for (int turn = 1; turn < OLD / 2; turn++) {
            page.fill("#text", "Please [short]");
            page.press("#text", "Enter");
            String number = Integer.toString(2 * turn + 2);
            page.waitForSelector("#h" + number + "[data-state=done]");
        }
        double[] paints = new double[5];
        for (int load = 0; load < paints.length; load++) {
            page.reload();
            page.waitForFunction("() => performance.getEntriesByName('first-contentful-paint').length > 0");
            paints[load] = ((Number)
                            page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                    .doubleValue();
        }
        Arrays.sort(paints);
        tell(OLD + " old messages: first paint, median of 5", "%.0f ms", paints[2]);
        page.navigate(page.url() + "?all=yes");
        page.waitForFunction("() => performance.getEntriesByName('first-contentful-paint').length > 0");
        tell(
                OLD + " old messages, all on the page: first paint",
                "%.0f ms",
                ((Number) page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                        .doubleValue());
    }

    private static void tell(String what, String format, Object value) {
        System.out.println("| " + what + " | " + String.format(Locale.ROOT, format, value) + " |");
    }
}
