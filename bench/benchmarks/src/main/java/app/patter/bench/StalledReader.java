package app.patter.bench;

import static app.patter.bench.Latencies.ms;

import app.patter.bench.Followers.Follower;
import app.patter.bench.TokenServer.Pace;
import app.patter.bench.TokenServer.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the readers of an answer notice that one among them does not read. */
final class StalledReader {

    private static final int OTHERS = 49;
    private static final int ROUNDS = 4;
    private static final int WARM_UP = 5_000;

    /** Answers of about a megabyte: more than Linux takes for a reader that does not read, which is 4 MB. */
    private static final int FLOODS = 6;

    /** Until everything is rendered and the buffers are full. */
    private static final int LEAD = 3_000;

    /** Shorter than the ten seconds after which Patter lets go of a reader that has not read. */
    private static final int MEASURED = 6_000;

    private static final int LET_GO = 5_000;
    private static final int BUFFER = 4_096;
    private static final double MOST = 1.1;
    private static final Pattern REVISION = Pattern.compile("\"revision\":(\\d+)");

    private final Run run;
    private final UUID conversation = UUID.randomUUID();

    StalledReader(Run run) {
        this.run = run;
    }

    void measure() {
        run.chat().token();
        run.model.goOn();
        fill();
        String position = position();
        List<Follower> others = new ArrayList<>();
        for (int i = 0; i < OTHERS; i++) {
            others.add(run.followers.follow(run.port(), run.chat().events(conversation, position)));
        }
        Run.await("the readers", () -> others.stream().allMatch(Follower::isOpen));
        Sent sent = run.ask(run.chat(), conversation, Pace.QUICK);
        Run.await("the first tokens", () -> others.stream().allMatch(reader -> reader.seen() > 0));
        Run.sleep(WARM_UP);
        Latencies without = new Latencies();
        Latencies with = new Latencies();
        int letGo = 0;
        for (int round = 0; round < ROUNDS; round++) {
            collect(others, without);
            try (Socket stalled = stall()) {
                Run.sleep(LEAD);
                collect(others, with);
                Run.sleep(LET_GO);
                letGo += isLetGo(stalled) ? 1 : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        run.model.finish();
        Run.await(
                "the last tokens",
                () -> sent.isComplete() && others.stream().allMatch(reader -> reader.last() == sent.last()));
        others.forEach(reader -> Run.same(sent, reader));
        others.forEach(Follower::close);
        String title = String.format(Locale.ROOT, "One stalled reader among %d: ", OTHERS + 1);
        run.report.add(title + "p99 of the others without it", ms(without.at(99)));
        run.report.goal(
                title + "p99 of the others", "× " + MOST, with.at(99) <= MOST * without.at(99), ms(with.at(99)));
        run.report.add(title + "stalled readers that Patter let go", letGo + " of " + ROUNDS);
    }

    /** Writes more than fits between Patter and a reader. */
    private void fill() {
        int tokens = 0;
        run.ask(run.chat(), conversation, Pace.WORD);
        try (Follower reader = run.follow(run.chat(), conversation)) {
            for (int i = 0; i < FLOODS; i++) {
                int all = 1 + tokens;
                Run.await("an answer", () -> reader.seen() == all);
                run.ask(run.chat(), conversation, Pace.FLOOD);
                tokens += Pace.FLOOD.tokens();
            }
            int all = 1 + tokens;
            Run.await("an answer", () -> reader.seen() == all);
        }
        Run.sleep(500); // until the end of the last is saved too
    }

    /** The revision at which the conversation stands. */
    private String position() {
        Matcher revision = REVISION.matcher(run.chat().read("api/v1/conversations/" + conversation));
        if (!revision.find()) {
            throw new IllegalStateException("the conversation has no revision");
        }
        return revision.group(1);
    }

    private void collect(List<Follower> subscribers, Latencies latencies) {
        int from = Stamp.now();
        Run.sleep(MEASURED);
        int to = Stamp.now();
        Run.sleep(2_000); // until everybody has seen the last of them
        subscribers.forEach(reader -> reader.collect(latencies, from, to));
    }

    /** A reader that asks for everything, and never reads. */
    private Socket stall() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(BUFFER);
        socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), run.port()));
        socket.getOutputStream().write(run.chat().events(conversation, "0").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Reads what the buffers still hold; a stream that is still open goes on after that. */
    private static boolean isLetGo(Socket stalled) throws IOException {
        stalled.setSoTimeout(LET_GO);
        byte[] bytes = new byte[1 << 16];
        long end = System.nanoTime() + LET_GO * 1_000_000L;
        try {
            while (System.nanoTime() < end) {
                if (stalled.getInputStream().read(bytes) < 0) {
                    return true;
                }
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }
}
