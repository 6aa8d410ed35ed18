package app.patter.answer;

import app.patter.conversation.ToolEvent;
import app.patter.provider.Delta;
import app.patter.provider.DeltaCases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What sub-agents say while they work for a tool call; written by the paragraph. Not thread-safe. */
final class SubagentText {

    /** Characters that are shown together. */
    private static final int PIECE = 200;

    private final ToolEventWriter events;
    private final ToolCallRecorder recorder;

    /** What is not written yet, by id of the call. */
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();

    SubagentText(ToolEventWriter events, ToolCallRecorder recorder) {
        this.events = events;
        this.recorder = recorder;
    }

    /** Takes what a sub-agent says, and the names of the tools that it calls. */
    void add(Delta.SubagentDelta inner) {
        inner.delta().dispatch(new Says(recorder.id(inner.call())));
    }

    private void add(String call, String text) {
        StringBuilder said = texts.computeIfAbsent(call, id -> new StringBuilder());
        said.append(text);
        if (said.length() > PIECE && text.indexOf('\n') >= 0) {
            recorder.close();
            flush(call);
        }
    }

    /** Writes what the sub-agent of that call has said. */
    void flush(String call) {
        StringBuilder said = texts.remove(call);
        if (said != null) {
            events.write(new ToolEvent.Said(call, said.toString()));
        }
    }

    /** Writes what all of them have said. */
    void flushAll() {
        List.copyOf(texts.keySet()).forEach(this::flush);
    }

    /** What is shown of one sub-agent: neither how it reasons, nor what its own tools are asked and answer. */
    private final class Says implements DeltaCases {

        private final String call;

        Says(String call) {
            this.call = call;
        }

        @Override
        public void onText(Delta.Text text) {
            add(call, text.text());
        }

        @Override
        public void onToolStarted(Delta.ToolStarted started) {
            add(call, "\n[" + started.name() + "]\n");
        }

        @Override
        public void onReasoning(Delta.Reasoning reasoning) {}

        @Override
        public void onTextWasReasoning(Delta.TextWasReasoning marked) {}

        @Override
        public void onToolArguments(Delta.ToolArguments arguments) {}

        @Override
        public void onToolReady(Delta.ToolReady ready) {}

        @Override
        public void onToolAnswered(Delta.ToolAnswered answered) {}

        @Override
        public void onSubagentDelta(Delta.SubagentDelta inner) {}

        @Override
        public void onHistoryTruncated(Delta.HistoryTruncated beginning) {}

        @Override
        public void onRequestId(Delta.RequestId identified) {}

        @Override
        public void onUsage(Delta.Usage usage) {}

        @Override
        public void onOriginal(Delta.Original original) {}

        @Override
        public void onFinished(Delta.Finished finished) {}

        @Override
        public void onFailed(Delta.Failed failed) {}
    }
}
