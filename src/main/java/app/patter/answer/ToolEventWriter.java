package app.patter.answer;

import app.patter.conversation.ToolEvent;
import app.patter.conversation.ToolEventCodec;
import app.patter.journal.AnswerBuffer;

/** Writes what happens to the tool calls of one answer. Thread-safe. */
final class ToolEventWriter {

    private final AnswerBuffer buffer;

    ToolEventWriter(AnswerBuffer buffer) {
        this.buffer = buffer;
    }

    /** Writes the event as a segment of its own. */
    void write(ToolEvent event) {
        buffer.begin(event.kind(), ToolEventCodec.encode(event));
    }
}
