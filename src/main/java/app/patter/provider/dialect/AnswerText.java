package app.patter.provider.dialect;

import app.patter.chat.ToolSpec;
import app.patter.provider.Delta;
import app.patter.provider.SurrogateJoiner;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The text and the reasoning of one answer while their pieces arrive; what of the text is reasoning, or a call, is told
 * apart. Pure; one object per stream.
 */
final class AnswerText implements TaggedText.Receiver {

    private final StringBuilder content = new StringBuilder();
    private final StringBuilder thought = new StringBuilder();
    private final SurrogateJoiner text = new SurrogateJoiner();
    private final SurrogateJoiner reasoning = new SurrogateJoiner();
    private final TaggedText tagged = new TaggedText(this);
    private final WrittenCalls written;
    private final ToolCalls calls;

    /** Where what is told apart goes while a piece is being read. */
    private Consumer<Delta> to = delta -> {};

    /**
     * @param calls takes those that stand in the text
     * @param tools what the model was told of; null if that is not known
     */
    AnswerText(ToolCalls calls, @Nullable List<ToolSpec> tools) {
        this.calls = calls;
        this.written = new WrittenCalls(tools);
    }

    /** The text so far, without tags. */
    String content() {
        return content.toString();
    }

    /** The reasoning so far. */
    String thought() {
        return thought.toString();
    }

    boolean isEmpty() {
        return content.isEmpty();
    }

    boolean hasThought() {
        return !thought.isEmpty();
    }

    /** Whether something in it was told apart, so that the provider's form of the answer is not the whole truth. */
    boolean hasTags() {
        return tagged.hasTags();
    }

    void add(String piece, Consumer<Delta> out) {
        String whole = text.next(piece);
        if (!whole.isEmpty()) {
            to = out;
            tagged.next(whole);
        }
    }

    /**
     * Takes a text that comes whole, perhaps after its pieces: what of it was said already is not said again.
     *
     * @param inPieces whether pieces have come, so that a text that does not begin with them is the same in other words
     */
    void addWhole(String whole, boolean inPieces, Consumer<Delta> out) {
        to = out;
        tagged.flush();
        String before = content.toString();
        if (whole.startsWith(before)) {
            add(whole.substring(before.length()), out);
        } else if (!inPieces) {
            add(whole, out);
        }
    }

    void think(String piece, Consumer<Delta> out) {
        to = out;
        reasoning(reasoning.next(piece));
    }

    /** Something else than text begins: what was held back comes before it. */
    void interrupt(Consumer<Delta> out) {
        to = out;
        tagged.flush();
    }

    /** Hands over what was held back until it is clear what it is: nothing more comes. */
    void end(Consumer<Delta> out) {
        to = out;
        reasoning(reasoning.end());
        String rest = text.end();
        if (!rest.isEmpty()) {
            tagged.next(rest);
        }
        tagged.end();
    }

    @Override
    public void text(String said) {
        content.append(said);
        to.accept(new Delta.Text(said));
    }

    @Override
    public void reasoning(String said) {
        if (!said.isEmpty()) {
            thought.append(said);
            to.accept(new Delta.Reasoning(said));
        }
    }

    @Override
    public void textWasReasoning() {
        to.accept(new Delta.TextWasReasoning());
    }

    @Override
    public boolean calls(String inside) {
        List<WrittenCalls.Written> found = written.in(inside);
        found.forEach(call -> calls.whole("", call.name(), call.arguments(), to));
        return !found.isEmpty();
    }
}
