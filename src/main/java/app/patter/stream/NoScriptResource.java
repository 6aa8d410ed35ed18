package app.patter.stream;

import app.patter.account.CurrentUser;
import app.patter.concurrent.Places;
import app.patter.config.Setting;
import app.patter.config.Settings;
import app.patter.conversation.Access;
import app.patter.conversation.AccessControl;
import app.patter.conversation.Permission;
import app.patter.conversation.Transcript;
import app.patter.conversation.Transcripts;
import app.patter.conversation.View;
import app.patter.journal.Change;
import app.patter.journal.RecentChanges;
import app.patter.model.ModelRegistry;
import app.patter.page.MessageView;
import app.patter.web.Links;
import app.patter.web.ProblemException;
import app.patter.web.Templates;
import app.patter.web.Uuids;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * For browsers without scripts: a page that goes on loading while the answer is being written, and then leads back to the
 * conversation. Each one holds a thread, so there are only some; who finds none free comes again from the conversation's
 * page, which shows what there is.
 */
@Path("/c/{conversation}/watch")
public class NoScriptResource {

    private static final Semaphore PLACES = new Semaphore(16);
    private static final Places PLACES_OF_ONE = new Places(Settings.ofProcess().number(Setting.WATCHERS_PER_ACCOUNT));
    private static final String HERE = "<!--answer-->";

    @Inject
    private CurrentUser user;

    @Inject
    private AccessControl accessControl;

    @Inject
    private Transcripts transcripts;

    @Inject
    private Subscribers subscribers;

    @Inject
    private RecentChanges changes;

    @Inject
    private ModelRegistry models;

    @Inject
    private Templates templates;

    @Inject
    private Links links;

    private final long heartbeat = Settings.ofProcess().number(Setting.HEARTBEAT);
    private final long longestLife =
            Settings.ofProcess().duration(Setting.STREAM_AGE).toNanos();

    @GET
    public Response watch(@PathParam("conversation") String conversation, @QueryParam("m") @Nullable String through) {
        View view = View.through(through == null ? null : Uuids.parse(through));
        Who who = new Who(accessControl.open(user.id(), Uuids.parse(conversation), Permission.READ), user.key());
        Transcript transcript = transcripts.read(who.access(), view).orElseThrow(ProblemException::notFound);
        Transcript.Entry last = last(transcript);
        if (last == null || !last.message().state().active()) {
            return links.seeOtherBranch(who.access().conversation(), view.message())
                    .build();
        }
        String[] page = templates
                .render("watch", values(transcript, last, links.branch(transcript.conversation(), view.message())))
                .split(HERE, 2);
        StreamingOutput output = out -> write(out, page, who, transcript, last);
        return Response.ok(output, MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .build();
    }

    private static Transcript.@Nullable Entry last(Transcript transcript) {
        List<Transcript.Entry> entries = transcript.entries();
        return entries.isEmpty() ? null : entries.get(entries.size() - 1);
    }

    private Map<String, Object> values(Transcript transcript, Transcript.Entry last, String next) {
        List<MessageView> before = transcript.entries().stream()
                .filter(entry -> !entry.equals(last))
                .map(entry -> MessageView.of(entry, models.label(entry.message().model())))
                .toList();
        return Map.of(
                "title", transcript.title(),
                "next", next,
                "messages", before,
                "m", MessageView.of(last, models.label(last.message().model())),
                "forgery", user.csrfToken());
    }

    /** Who watches; kept, because the page is written after the request's own beans are gone. */
    private record Who(Access access, String login) {}

    private void write(OutputStream out, String[] page, Who who, Transcript transcript, Transcript.Entry last)
            throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        UUID account = who.access().account();
        boolean own = PLACES_OF_ONE.take(account);
        boolean place = own && PLACES.tryAcquire();
        try {
            writer.write(page[0]);
            NoScriptWriter answer = new NoScriptWriter(writer);
            answer.show(last.segments());
            if (place) {
                follow(writer, answer, who, transcript, last.message().id());
            }
            answer.close();
            writer.write(page[1]);
            writer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (place) {
                PLACES.release();
            }
            if (own) {
                PLACES_OF_ONE.release(account);
            }
        }
    }

    private void follow(Writer writer, NoScriptWriter answer, Who who, Transcript transcript, UUID message)
            throws IOException, InterruptedException {
        UUID conversation = transcript.conversation();
        LinkedBlockingQueue<Long> woken = new LinkedBlockingQueue<>();
        long end = System.nanoTime() + longestLife;
        try (RevisionListeners.Listening listening = subscribers.listen(conversation, who.login(), woken::offer)) {
            long position = transcript.revision();
            boolean active = true;
            while (active && System.nanoTime() < end && listening.open()) {
                Long revision = woken.poll(heartbeat, TimeUnit.MILLISECONDS);
                if (revision == null) {
                    writer.write(
                            "<!-- -->"); // finds out whether somebody is still there; a blank would be one of the text
                } else if (revision > position || revision < 0) {
                    Optional<List<Change>> found = changes.between(conversation, position, revision);
                    if (found.isPresent()) {
                        active = show(found.get(), answer, message);
                        position = revision;
                    } else {
                        Optional<Transcript> read = transcripts.read(who.access(), View.upTo(message));
                        active = read.isPresent() && show(read.get(), answer);
                        position = read.map(Transcript::revision).orElse(revision);
                    }
                }
                writer.flush();
            }
        }
    }

    private static boolean show(List<Change> found, NoScriptWriter answer, UUID message) throws IOException {
        boolean active = true;
        for (Change change : found) {
            for (Change.Part part : change.parts()) {
                if (part.message().message().equals(message)) {
                    for (Change.Growth growth : part.growths()) {
                        answer.show(growth);
                    }
                    active &= part.end() == null;
                }
            }
        }
        return active;
    }

    private static boolean show(Transcript transcript, NoScriptWriter answer) throws IOException {
        Transcript.Entry entry = last(transcript);
        if (entry == null) {
            return false;
        }
        answer.show(entry.segments());
        return entry.message().state().active();
    }
}
