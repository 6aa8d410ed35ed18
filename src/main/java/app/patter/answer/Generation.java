package app.patter.answer;

import app.patter.chat.ChatMessage;
import app.patter.chat.Prices;
import app.patter.chat.ProviderMessage;
import app.patter.chat.ToolCall;
import app.patter.chat.ToolResult;
import app.patter.chat.ToolSpec;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.ToolEvent;
import app.patter.journal.AnswerBuffer;
import app.patter.journal.Completion;
import app.patter.provider.Delta;
import app.patter.provider.DeltaHandler;
import app.patter.provider.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One running answer: what the provider sends goes into the answer buffer, until either side ends it. A model that fails before
 * it has written anything is asked again, or another one in its place, as the {@link RetryPolicy} says. When it calls tools, it
 * is asked once more with what they answered, as the next round.
 */
final class Generation {

    private static final String EMPTY = "The model ended without writing anything. Try again, or choose another model.";

    static final String UNASKED = "Patter could not ask the model. Try again; the log has the cause.";

    /** What servers answer to what they cannot do. */
    private static final Set<Integer> REFUSING = Set.of(400, 404, 422);

    private static final Pattern ABOUT_TOOLS =
            Pattern.compile("\\btools?\\b|\\btool_|\\bfunction[- _]?call", Pattern.CASE_INSENSITIVE);

    /** How often it is looked for what was decided on other nodes. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Characters of a sub-agent that are shown together. */
    private static final int PIECE = 200;

    private static final Logger LOG = System.getLogger(Generation.class.getName());

    private final AnswerBuffer buffer;
    private final RetryPolicy plan;
    private final Port port;
    private final Later later;
    private final GenerationMeters meters;
    private final Supplier<Toolbox> toolboxes;
    private volatile @Nullable Toolbox opened;
    private final int mostRounds;

    // Fields from here on that nothing guards belong to one thread at a time: the one that asks the model, then the one
    // that brings its deltas, then the one that ran the last tool, then the one that asks again. Each hands over
    // through
    // an executor's queue or a lock, so that the next sees what it wrote. Threads that stop or decide touch only
    // guarded
    // and volatile fields.

    /** When this round began, as {@link System#nanoTime()}. */
    private long began = System.nanoTime();

    /** Whether the model goes on from text that is there already. */
    private boolean continues;

    /** Number of the round in the answer, and how many were run here. */
    private int round;

    private int rounds;

    /** Guarded by this. */
    private Provider.@Nullable Call call;

    /** Guarded by this. */
    private boolean stopped;

    /** Guarded by this. */
    private @Nullable ToolLoop calling;

    private boolean wrote;
    private boolean everWrote;
    private int tries;
    private final String first;

    /** The conversation that this answer belongs to. */
    interface Port {

        /** What the database holds of it now, as that model is told it. */
        PromptBuilder.Told read(String model);

        /** Asks a model for an answer; returns at once. */
        Provider.Call ask(String model, List<ChatMessage> messages, List<ToolSpec> tools, DeltaHandler handler);

        /** Whether tools are to be told to a model; some refuse them, and agents have their own. */
        boolean takesTools(String model);

        /** What a model costs; null if unknown. */
        @Nullable
        Prices prices(String model);

        /** From now on no tools are told to that model. */
        void refusesTools(String model);

        /** What a person has decided about calls of this answer, by their ids. */
        Map<String, Boolean> decided();

        /** Names of the tools that a person has allowed for the whole conversation. */
        Set<String> allowed();

        /** The answer waits for a person, unless everything was decided while that was saved. */
        void waits();
    }

    /** Does something after a while, on another thread. */
    @FunctionalInterface
    interface Later {
        void run(Duration pause, Runnable work);
    }

    Generation(
            AnswerBuffer buffer,
            RetryPolicy plan,
            Port port,
            Supplier<Toolbox> toolboxes,
            int mostRounds,
            Later later,
            GenerationMeters meters) {
        this.buffer = buffer;
        this.plan = plan;
        this.port = port;
        this.toolboxes = toolboxes;
        this.mostRounds = mostRounds;
        this.later = later;
        this.meters = meters;
        this.round = buffer.ticket().round();
        this.first = buffer.ticket().model();
        this.continues = buffer.ticket().lastKind() == SegmentKind.TEXT;
        buffer.outcome().thenAccept(outcome -> {
            if (outcome == AnswerBuffer.Outcome.REFUSED) {
                cancel();
            }
        });
    }

    /** What tools there are is looked at once, when the model is asked first. */
    private Toolbox toolbox() {
        Toolbox toolbox = opened;
        if (toolbox == null) {
            toolbox = toolboxes.get();
            opened = toolbox;
        }
        return toolbox;
    }

    /** Asks the model; returns at once. */
    void ask() {
        if (isStopped()) {
            return;
        }
        try {
            PromptBuilder.Told told = port.read(plan.model());
            if (told.open().isEmpty()) {
                buffer.enter(MessageState.CONNECTING);
                List<ToolSpec> tools = port.takesTools(plan.model()) ? toolbox().tools() : List.of();
                runs(port.ask(plan.model(), told.messages(), tools, new Attempt(!tools.isEmpty(), told.taken())));
            } else {
                call(round -> round.resume(told.open(), told.begun(), port.decided()));
            }
        } catch (RuntimeException | Error e) { // after an Error too it would be queued for ever
            buffer.end(new Completion(MessageState.FAILED, UNASKED, null, null));
            LOG.log(Level.ERROR, "Message " + buffer.ticket().message() + " could not be started", e);
        }
    }

    /** Runs tools, and then the next round. */
    private void call(Consumer<ToolLoop> begin) {
        ToolLoop next = new ToolLoop(buffer, toolbox(), this::nextRound, () -> later.run(Duration.ZERO, port::waits));
        synchronized (this) {
            if (stopped) {
                return;
            }
            calling = next;
        }
        begin.accept(next);
        lookAgain(next);
    }

    private void lookAgain(ToolLoop round) {
        if (round.asks()) {
            later.run(LOOK, () -> {
                poll();
                lookAgain(round);
            });
        }
    }

    /** Sees what a person has decided about calls while others run. */
    void poll() {
        ToolLoop round;
        synchronized (this) {
            round = calling;
        }
        if (round == null || !round.asks()) {
            return;
        }
        try {
            opened = toolbox().allowing(port.allowed());
            round.poll(port.decided());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "The database does not say what was decided; it is asked again.", e);
        }
    }

    /** What the tools have answered is saved first: the model is told what the database holds. */
    private void nextRound() {
        buffer.whenSaved(() -> later.run(Duration.ZERO, () -> {
            synchronized (this) {
                calling = null;
            }
            began = System.nanoTime();
            wrote = false;
            continues = false;
            ask();
        }));
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** The connection that was opened for this answer; closed at once if it was stopped meanwhile. */
    private void runs(Provider.Call opened) {
        synchronized (this) {
            call = opened;
            if (!stopped) {
                return;
            }
        }
        opened.cancel();
    }

    private void failed(Delta.Failed failed, Completion end, boolean told) {
        if (failed.kind() == Delta.Failed.Kind.CANCELLED) {
            buffer.end(end); // it has its end already: whoever cancelled the call ended the draft first
            return;
        }
        String model = plan.model();
        meters.failed(model, failed.kind());
        if (wrote || isStopped()) {
            buffer.end(end);
            return;
        }
        if (told && isAboutTools(failed, model)) {
            port.refusesTools(model);
            later.run(Duration.ZERO, this::ask);
            return;
        }
        plan.after(failed, Duration.ofNanos(System.nanoTime() - began))
                .ifPresentOrElse(next -> tryAgain(next, model), () -> buffer.end(afterAll(end)));
    }

    /** Whether a model failed because it was told of tools, which only its provider's words say. */
    static boolean isAboutTools(Delta.Failed failed, String model) {
        int slash = model.indexOf('/');
        String said = failed.said().replace(model.substring(slash + 1), "");
        return REFUSING.contains(failed.status()) && ABOUT_TOOLS.matcher(said).find();
    }

    /** What people are told when every try has failed. */
    private Completion afterAll(Completion last) {
        if (tries == 0) {
            return last;
        }
        String models = buffer.ticket().model().equals(first) ? "" : ", the last of them with another model";
        String problem = last.problem() + " Patter has tried " + (tries + 1) + " times" + models + ".";
        return new Completion(last.state(), problem, last.finish(), null);
    }

    private void tryAgain(RetryPolicy.Next next, String before) {
        tries++;
        if (next.model().equals(before)) {
            meters.retries(before);
        } else {
            meters.fallsBack(before, next.model());
            buffer.answeredBy(next.model());
        }
        buffer.enter(MessageState.QUEUED);
        later.run(next.pause(), this::ask);
    }

    /** Ends the answer with what it has so far; harmless when it has ended already. */
    CompletionStage<AnswerBuffer.Outcome> stop(MessageState state) {
        CompletionStage<AnswerBuffer.Outcome> outcome = buffer.end(Completion.plain(state));
        cancel();
        return outcome;
    }

    private void cancel() {
        Provider.Call opened;
        ToolLoop tools;
        synchronized (this) {
            stopped = true;
            opened = call;
            tools = calling;
        }
        if (opened != null) {
            opened.cancel();
        }
        if (tools != null) {
            tools.cancel();
        }
    }

    /** One call of one model; the provider calls it from one thread at a time and ends it exactly once. */
    private final class Attempt implements DeltaHandler {

        private final boolean told;
        private final ToolCallRecorder writer;
        private final List<ToolCall> calls = new ArrayList<>();
        private final Set<String> answered = new HashSet<>();
        private final Map<String, StringBuilder> nested = new HashMap<>();
        private @Nullable ProviderMessage original;
        private int leftOut;
        private String request = "";

        /**
         * @param told  whether the model was told of tools
         * @param taken ids that calls of this answer have
         */
        Attempt(boolean told, Set<String> taken) {
            this.told = told;
            this.writer = new ToolCallRecorder(buffer, toolbox()::title, taken);
        }

        @Override
        public void accept(Delta delta) {
            if (delta instanceof Delta.HistoryTruncated beginning) {
                leftOut = beginning.messages();
            } else if (delta instanceof Delta.Reasoning reasoning) {
                write(MessageState.THINKING, SegmentKind.REASONING, reasoning.text());
            } else if (delta instanceof Delta.Text text) {
                write(MessageState.WRITING, SegmentKind.TEXT, text.text());
            } else if (delta instanceof Delta.Usage usage) {
                buffer.uses(usage, port.prices(plan.model()));
            } else if (delta instanceof Delta.Original kept) {
                original = continues ? null : kept.message(); // which would be only the end of this answer
            } else if (delta instanceof Delta.Finished finished) {
                finished(finished.reason());
            } else if (delta instanceof Delta.Failed failed) {
                writer.close();
                failed(failed, end(MessageState.FAILED, failed.message() + named(failed), null), told);
            } else if (delta instanceof Delta.RequestId identified) {
                request = identified.requestId();
            } else {
                tool(delta);
            }
        }

        /** The provider's support asks for it. */
        private String named(Delta.Failed failed) {
            if (request.isEmpty() || failed.kind() == Delta.Failed.Kind.CANCELLED) {
                return "";
            }
            LOG.log(
                    Level.INFO,
                    "{0} failed ({1} {2}), request id {3}.",
                    plan.model(),
                    failed.kind(),
                    failed.status(),
                    request);
            return " (request id " + request + ")";
        }

        private void tool(Delta delta) {
            if (delta instanceof Delta.ToolStarted started) {
                begins();
                buffer.enter(MessageState.CALLING);
                writer.started(started.id(), started.name());
            } else if (delta instanceof Delta.ToolArguments arguments) {
                writer.more(arguments.id(), arguments.json());
            } else if (delta instanceof Delta.ToolReady ready) {
                begins();
                calls.add(writer.ready(ready.call()));
            } else if (delta instanceof Delta.ToolAnswered answer) {
                answered(answer.result());
            } else if (delta instanceof Delta.SubagentDelta inner && inner.delta() instanceof Delta.Text text) {
                says(writer.id(inner.call()), text.text());
            } else if (delta instanceof Delta.SubagentDelta inner
                    && inner.delta() instanceof Delta.ToolStarted started) {
                says(writer.id(inner.call()), "\n[" + started.name() + "]\n");
            }
        }

        /** A tool that an agent has called itself. */
        private void answered(ToolResult result) {
            writer.close();
            String call = writer.id(result.call());
            flush(call);
            answered.add(call);
            String state = result.failed() ? ToolEvent.FAILED : ToolEvent.DONE;
            buffer.begin(SegmentKind.TOOL_RESULT, ToolEvent.result(call, state, 0, List.of(), result.text()));
        }

        /** What a sub-agent says, by the paragraph. */
        private void says(String call, String text) {
            StringBuilder said = nested.computeIfAbsent(call, id -> new StringBuilder());
            said.append(text);
            if (said.length() > PIECE && text.indexOf('\n') >= 0) {
                writer.close();
                flush(call);
            }
        }

        private void flush(String call) {
            StringBuilder said = nested.remove(call);
            if (said != null) {
                buffer.begin(SegmentKind.TOOL_RESULT, ToolEvent.part(call, said.toString()));
            }
        }

        private void finished(String reason) {
            writer.close();
            List.copyOf(nested.keySet()).forEach(this::flush);
            ProviderMessage message = original;
            if (message != null) {
                buffer.keep(round, message);
            }
            round++;
            rounds++;
            boolean ours = told && !calls.isEmpty() && calls.stream().noneMatch(made -> answered.contains(made.id()));
            if (!ours) {
                buffer.end(
                        everWrote || continues
                                ? end(MessageState.DONE, null, reason)
                                : end(MessageState.FAILED, EMPTY, reason));
            } else if (rounds >= mostRounds) {
                buffer.end(end(MessageState.FAILED, tooManyRounds(), reason));
            } else {
                call(next -> next.begin(List.copyOf(calls)));
            }
        }

        private String tooManyRounds() {
            return "The model has called tools " + rounds + " times for this answer, which is as often as it may"
                    + " without a person. Continue to let it go on.";
        }

        /** The first that this round writes. */
        private void begins() {
            if (wrote) {
                return;
            }
            wrote = true;
            if (!everWrote) {
                everWrote = true;
                meters.begins(plan.model(), System.nanoTime() - began);
            }
            if (leftOut > 0 && !continues && rounds == 0) {
                buffer.append(SegmentKind.NOTICE, toldWithout(leftOut));
            }
        }

        private static String toldWithout(int messages) {
            return "This conversation is longer than the model can take in. Its "
                    + (messages == 1 ? "oldest message was" : messages + " oldest messages were") + " not told to it.";
        }

        private void write(MessageState phase, SegmentKind kind, String text) {
            begins();
            writer.close();
            meters.token();
            buffer.enter(phase);
            buffer.append(kind, text);
        }

        private Completion end(MessageState state, @Nullable String problem, @Nullable String finish) {
            return new Completion(state, problem, finish, null);
        }

        @Override
        public void whenReady(Runnable next) {
            buffer.whenRoom(next);
        }
    }
}
