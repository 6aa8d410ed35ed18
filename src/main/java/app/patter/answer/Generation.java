package app.patter.answer;

import static java.util.stream.Collectors.joining;

import app.patter.chat.ToolCall;
import app.patter.chat.ToolSpec;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.journal.AnswerBuffer;
import app.patter.journal.Completion;
import app.patter.provider.Delta;
import app.patter.provider.Provider;
import app.patter.text.CodedText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One running answer, from the first question to a model until either side ends it. An {@link AnswerWriter} writes what a
 * model says. A model that fails before it has written anything is asked again, or another one in its place, as the {@link
 * RetryPolicy} says. When it calls tools, a {@link ToolRunner} runs them, and the model is asked once more with what they
 * answered, as the next round.
 */
final class Generation implements AnswerWriter.Listener {

    private static final Logger LOG = System.getLogger(Generation.class.getName());

    private final AnswerBuffer buffer;
    private final RetryPolicy retries;
    private final GenerationPort port;
    private final int mostRounds;
    private final Scheduler scheduler;
    private final GenerationMeters meters;
    private final ToolRunner tools;

    // Fields from here on that nothing guards belong to one thread at a time: the one that asks the model, then the one
    // that brings its deltas, then the one that ran the last tool, then the one that asks again. An executor's queue or
    // a lock lies between them, so that each sees what the one before wrote. Who stops touches only guarded fields.

    /** When this round began, as {@link System#nanoTime()}. */
    private long began = System.nanoTime();

    /** Whether the model goes on from text that is there already. */
    private boolean continues;

    /** Number of the round in the answer. */
    private int round;

    /** How many rounds have ended here. */
    private int rounds;

    /** Whether a round that has ended here has written anything. */
    private boolean wrote;

    /** Whether it has written more than reasoning. */
    private boolean said;

    /** The attempt that was begun last. Guarded by this. */
    private @Nullable AnswerWriter writer;

    /** Its connection; null before there is one. Guarded by this. */
    private Provider.@Nullable Call call;

    /** Guarded by this. */
    private boolean stopped;

    /**
     * @param mostRounds how often tools are called before a person has to let it go on
     * @param scheduler  runs what begins with a look into the database
     */
    Generation(
            AnswerBuffer buffer,
            RetryPolicy retries,
            GenerationPort port,
            int mostRounds,
            Scheduler scheduler,
            GenerationMeters meters) {
        this.buffer = buffer;
        this.retries = retries;
        this.port = port;
        this.mostRounds = mostRounds;
        this.scheduler = scheduler;
        this.meters = meters;
        this.tools = new ToolRunner(buffer, port, scheduler, this::nextRound);
        this.round = buffer.ticket().round();
        this.continues = buffer.ticket().lastKind() == SegmentKind.TEXT;
        buffer.outcome().thenAccept(outcome -> {
            if (outcome == AnswerBuffer.Outcome.REFUSED) {
                cancel();
            }
        });
    }

    /** Asks the model, or goes on with tools that it has called before; returns at once. */
    void ask() {
        if (!isStopped()) {
            orEnd(() -> {
                PromptBuilder.Told told = port.read(retries.model());
                if (told.open().isEmpty()) {
                    buffer.enter(MessageState.CONNECTING);
                    ask(told);
                } else {
                    tools.run(loop -> loop.resume(told.open(), told.begun(), port.decided()));
                }
            });
        }
    }

    /** The answer ends with a step that throws; after an Error too it would be queued for ever. */
    private void orEnd(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            buffer.end(new Completion(MessageState.FAILED, AnswerErrorCode.UNASKED.with(), null, null));
            LOG.log(Level.ERROR, "Message " + buffer.ticket().message() + " could not be started", e);
        }
    }

    private void ask(PromptBuilder.Told told) {
        String model = retries.model();
        List<ToolSpec> specs = port.accepted(model, tools.toolbox().tools());
        Attempt attempt = new Attempt(model, round, began, specs, told.taken(), continues, !wrote);
        AnswerWriter next = new AnswerWriter(buffer, attempt, tools.toolbox()::title, port.prices(model), meters, this);
        synchronized (this) {
            writer = next;
            call = null;
        }
        connected(next, port.ask(model, told.messages(), specs, next));
    }

    /** The connection of an attempt; closed at once if the answer was stopped meanwhile. */
    private void connected(AnswerWriter attempt, Provider.Call connection) {
        synchronized (this) {
            if (writer == attempt) { // else it has failed already, and the next has a connection of its own
                call = connection;
            }
            if (!stopped) {
                return;
            }
        }
        connection.cancel();
    }

    @Override
    public void finished(AnswerWriter attempt, Delta.Finished last, List<ToolCall> calls) {
        round++;
        rounds++;
        wrote |= attempt.wrote();
        said |= attempt.said();
        if (!calls.isEmpty() && rounds < mostRounds) {
            scheduler.run(() -> orEnd(() -> tools.run(loop -> loop.begin(calls))));
        } else if (!calls.isEmpty()) {
            end(MessageState.FAILED, AnswerErrorCode.TOO_MANY_ROUNDS.with(rounds), last.reason());
        } else {
            buffer.end(AnswerEnd.of(last, wrote, said || continues));
        }
    }

    private void end(MessageState state, @Nullable CodedText error, @Nullable String finish) {
        buffer.end(new Completion(state, error, finish, null));
    }

    @Override
    public void failed(AnswerWriter attempt, Delta.Failed failed, CodedText error) {
        if (failed.kind() == Delta.Failed.Kind.CANCELLED) {
            end(MessageState.FAILED, error, null); // it has its end already: whoever cancelled ended the answer first
            return;
        }
        String model = attempt.attempt().model();
        meters.failed(model, failed.kind());
        if (attempt.wrote() || isStopped()) {
            end(MessageState.FAILED, error, null);
        } else if (attempt.attempt().hasTools() && ToolSupportCache.isAboutTools(failed, model)) {
            leaveOut(failed, attempt.attempt());
            scheduler.run(this::ask);
        } else {
            retries.after(failed, Duration.ofNanos(System.nanoTime() - began))
                    .ifPresentOrElse(
                            next -> askAgain(next, model), () -> end(MessageState.FAILED, afterAll(error), null));
        }
    }

    /** Tells the model no more of the tools that its provider has refused; of all where it does not say which. */
    private void leaveOut(Delta.Failed failed, Attempt attempt) {
        List<ToolSpec> named = ToolSupportCache.named(failed, attempt.model(), attempt.tools());
        named.forEach(tool -> port.refusesTool(attempt.model(), tool));
        if (named.isEmpty()) {
            port.refusesTools(attempt.model());
        }
        List<ToolSpec> missed = named.isEmpty() ? attempt.tools() : named;
        if (!named.isEmpty() || ToolSupportCache.isAboutSchema(failed, attempt.model())) {
            String titles = missed.stream()
                    .map(tool -> "“" + tools.toolbox().title(tool.name()) + "”")
                    .collect(joining(", "));
            buffer.append(SegmentKind.NOTICE, AnswerText.TOOLS_LEFT_OUT.words(missed.size(), titles) + " ");
        }
    }

    private void askAgain(RetryPolicy.Next next, String before) {
        if (next.model().equals(before)) {
            meters.retries(before);
        } else {
            meters.fallsBack(before, next.model());
            buffer.answeredBy(next.model());
        }
        buffer.enter(MessageState.QUEUED);
        scheduler.run(next.pause(), this::ask);
    }

    /** What people are told when every try has failed. */
    private CodedText afterAll(CodedText error) {
        if (retries.tries() == 1) {
            return error;
        }
        AnswerErrorCode tried = retries.fellBack() ? AnswerErrorCode.TRIED_OTHERS : AnswerErrorCode.TRIED;
        return error.then(tried.with(retries.tries()));
    }

    /** Sees what a person has decided about calls while others run. */
    void poll() {
        tools.poll();
    }

    /** Asks again, now that the tools have answered. */
    private void nextRound() {
        began = System.nanoTime();
        continues = false;
        ask();
    }

    /** Ends the answer with what it has so far; harmless when it has ended already. */
    CompletionStage<AnswerBuffer.Outcome> stop(MessageState state) {
        CompletionStage<AnswerBuffer.Outcome> outcome = buffer.end(Completion.plain(state));
        cancel();
        return outcome;
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private void cancel() {
        Provider.Call connection;
        synchronized (this) {
            stopped = true;
            connection = call;
        }
        if (connection != null) {
            connection.cancel();
        }
        tools.cancel();
    }
}
