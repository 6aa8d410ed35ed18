package app.patter.answer;

import app.patter.chat.Prices;
import app.patter.chat.ProviderMessage;
import app.patter.chat.ToolCall;
import app.patter.conversation.MessageState;
import app.patter.conversation.SegmentKind;
import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEvent.Outcome;
import app.patter.journal.AnswerBuffer;
import app.patter.provider.Delta;
import app.patter.provider.DeltaCases;
import app.patter.provider.DeltaHandler;
import app.patter.text.CodedText;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes what one model says in one attempt into the answer buffer, and says how the attempt ended. The provider calls it
 * from one thread at a time and ends it exactly once.
 */
final class AnswerWriter implements DeltaHandler, DeltaCases {

    private static final Logger LOG = System.getLogger(AnswerWriter.class.getName());

    private final AnswerBuffer buffer;
    private final Attempt attempt;
    private final @Nullable Prices prices;
    private final GenerationMeters meters;
    private final Listener listener;
    private final ToolEventWriter events;
    private final ToolCallRecorder recorder;
    private final SubagentText subagents;

    private final List<ToolCall> calls = new ArrayList<>();
    private final Set<String> answered = new HashSet<>();
    private @Nullable ProviderMessage original;
    private int leftOut;
    private String request = "";
    private boolean wrote;
    private boolean said;

    /** Hears the end of an attempt, on the thread that brought it. */
    interface Listener {

        /**
         * The model has said all.
         *
         * @param calls tools that it wants to be called here; not modifiable
         */
        void finished(AnswerWriter attempt, Delta.Finished end, List<ToolCall> calls);

        /**
         * The model has not said all.
         *
         * @param error what to tell the person
         */
        void failed(AnswerWriter attempt, Delta.Failed failed, CodedText error);
    }

    /**
     * @param titles what people call the tool with that name
     * @param prices what the model costs; null if unknown
     */
    AnswerWriter(
            AnswerBuffer buffer,
            Attempt attempt,
            UnaryOperator<String> titles,
            @Nullable Prices prices,
            GenerationMeters meters,
            Listener listener) {
        this.buffer = buffer;
        this.attempt = attempt;
        this.prices = prices;
        this.meters = meters;
        this.listener = listener;
        this.events = new ToolEventWriter(buffer);
        this.recorder = new ToolCallRecorder(buffer, titles, attempt.taken());
        this.subagents = new SubagentText(events, recorder);
    }

    Attempt attempt() {
        return attempt;
    }

    /** Whether it has written anything; to be asked after its end. */
    boolean wrote() {
        return wrote;
    }

    /** Whether it has written more than reasoning; to be asked after its end. */
    boolean said() {
        return said;
    }

    @Override
    public void accept(Delta delta) {
        delta.dispatch(this);
    }

    @Override
    public void whenReady(Runnable next) {
        buffer.whenRoom(next);
    }

    @Override
    public void onHistoryTruncated(Delta.HistoryTruncated beginning) {
        leftOut = beginning.messages();
    }

    @Override
    public void onRequestId(Delta.RequestId identified) {
        request = identified.requestId();
    }

    @Override
    public void onReasoning(Delta.Reasoning reasoning) {
        write(MessageState.THINKING, SegmentKind.REASONING, reasoning.text());
    }

    @Override
    public void onText(Delta.Text text) {
        said = said || !text.text().isBlank();
        write(MessageState.WRITING, SegmentKind.TEXT, text.text());
    }

    /** It was shown, and stays so; models and titles are not told it. */
    @Override
    public void onTextWasReasoning(Delta.TextWasReasoning marked) {
        said = false;
        buffer.append(SegmentKind.NOTICE, AnswerText.ABOVE_IS_REASONING.words());
    }

    private void write(MessageState phase, SegmentKind kind, String text) {
        begins();
        recorder.close();
        meters.token();
        buffer.enter(phase);
        buffer.append(kind, text);
    }

    /** The first that this attempt writes. */
    private void begins() {
        if (wrote) {
            return;
        }
        wrote = true;
        if (!attempt.first()) {
            return;
        }
        meters.begins(attempt.model(), System.nanoTime() - attempt.began());
        if (leftOut > 0 && !attempt.continues()) {
            buffer.append(SegmentKind.NOTICE, AnswerText.OLDEST_LEFT_OUT.words(leftOut));
        }
    }

    @Override
    public void onToolStarted(Delta.ToolStarted started) {
        begins();
        said = true;
        buffer.enter(MessageState.CALLING);
        recorder.started(started.id(), started.name());
    }

    @Override
    public void onToolArguments(Delta.ToolArguments arguments) {
        recorder.more(arguments.id(), arguments.json());
    }

    @Override
    public void onToolReady(Delta.ToolReady ready) {
        begins();
        said = true;
        calls.add(recorder.ready(ready.call()));
    }

    /** A tool that an agent has called itself. */
    @Override
    public void onToolAnswered(Delta.ToolAnswered answer) {
        recorder.close();
        String call = recorder.id(answer.result().call());
        subagents.flush(call);
        answered.add(call);
        Outcome outcome = answer.result().failed() ? Outcome.FAILED : Outcome.DONE;
        events.write(new ToolEvent.Ended(call, outcome, answer.result().text()));
    }

    @Override
    public void onSubagentDelta(Delta.SubagentDelta inner) {
        subagents.add(inner);
    }

    @Override
    public void onUsage(Delta.Usage usage) {
        buffer.uses(usage, prices);
    }

    @Override
    public void onOriginal(Delta.Original kept) {
        original = attempt.continues() ? null : kept.message(); // which would be only the end of this answer
    }

    @Override
    public void onFinished(Delta.Finished finished) {
        recorder.close();
        subagents.flushAll();
        ProviderMessage message = original;
        if (message != null) {
            buffer.keep(attempt.round(), message);
        }
        boolean ours = attempt.hasTools() && calls.stream().noneMatch(made -> answered.contains(made.id()));
        listener.finished(this, finished, ours ? List.copyOf(calls) : List.of());
    }

    @Override
    public void onFailed(Delta.Failed failed) {
        recorder.close();
        listener.failed(this, failed, named(failed));
    }

    /** The provider's support asks for it. */
    private CodedText named(Delta.Failed failed) {
        if (request.isEmpty() || failed.kind() == Delta.Failed.Kind.CANCELLED) {
            return failed.error();
        }
        LOG.log(
                Level.INFO,
                "{0} failed ({1} {2}), request id {3}.",
                attempt.model(),
                failed.kind(),
                failed.status(),
                request);
        return failed.error().then(AnswerErrorCode.REQUEST_ID.with(request));
    }
}
