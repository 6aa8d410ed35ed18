package app.patter.answer;

import app.patter.conversation.MessageState;
import app.patter.journal.Completion;
import app.patter.provider.Delta;
import app.patter.provider.Ending;
import app.patter.text.CodedText;
import org.jspecify.annotations.Nullable;

/** How an answer ends whose provider says that it is complete, and what a person is told about it. Pure. */
final class AnswerEnd {

    /** The word for all that mean that the answer grew too long: pages offer to continue. */
    private static final String LENGTH = "length";

    /** The word for all that mean that the provider wants to be asked again: pages offer to continue. */
    private static final String PAUSE = "pause";

    private AnswerEnd() {}

    /**
     * The end of an answer.
     *
     * @param wrote whether the model has written anything
     * @param said whether that was more than reasoning
     */
    static Completion of(Delta.Finished last, boolean wrote, boolean said) {
        Ending ending = last.ending();
        if (ending == Ending.LENGTH && wrote) {
            return new Completion(MessageState.DONE, null, LENGTH, null);
        }
        CodedText told = told(last);
        if (said) {
            return new Completion(MessageState.DONE, told, ending == Ending.PAUSE ? PAUSE : last.reason(), null);
        }
        CodedText nothing = (wrote ? AnswerErrorCode.ONLY_REASONING : AnswerErrorCode.EMPTY).with();
        return new Completion(MessageState.FAILED, told == null ? nothing : told, last.reason(), null);
    }

    private static @Nullable CodedText told(Delta.Finished last) {
        return switch (last.ending()) {
            case NORMAL, LENGTH -> null;
            case CONTEXT -> AnswerErrorCode.CONTEXT_FULL.with();
            case FILTER -> AnswerErrorCode.FILTERED.with();
            case REFUSAL -> AnswerErrorCode.REFUSED.with();
            case RECITATION -> AnswerErrorCode.RECITED.with();
            case PAUSE -> AnswerErrorCode.PAUSED.with();
            case GAP -> AnswerErrorCode.GAP.with();
            case MALFORMED_CALL, ERROR, OTHER -> AnswerErrorCode.OTHER_END.with(last.reason());
        };
    }
}
