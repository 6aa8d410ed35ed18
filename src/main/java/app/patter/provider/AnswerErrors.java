package app.patter.provider;

import static app.patter.provider.ProviderErrors.failed;

import app.patter.provider.Delta.Failed;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.http.PayloadSplitter;
import app.patter.text.CodedText;

/** An answer that makes no sense, stops early, or is refused. Immutable. */
public final class AnswerErrors {

    private static final int GARBAGE = 80;

    private final String server;
    private final Origin origin;
    private final Dialect dialect;
    private final Excerpts excerpts;

    AnswerErrors(String server, Origin origin, Dialect dialect, Excerpts excerpts) {
        this.server = server;
        this.origin = origin;
        this.dialect = dialect;
        this.excerpts = excerpts;
    }

    /** The stream ended before the provider said that the answer is complete. */
    public Failed truncated() {
        return failed(Kind.TRUNCATED, true, ProviderErrorCode.TRUNCATED.with(server));
    }

    /** The provider's own rules forbid an answer to this prompt. */
    public Failed blocked(String reason) {
        return failed(Kind.REQUEST, false, ProviderErrorCode.BLOCKED.with(server, excerpts.of(reason)));
    }

    /** The model tried to call a tool and wrote something else. */
    public Failed malformedCall() {
        return failed(Kind.GARBAGE, true, ProviderErrorCode.MALFORMED_CALL.with(server));
    }

    /** The provider ended the answer with a word for an error, and no more. */
    public Failed failedWithout(String reason) {
        String said = excerpts.of(reason);
        return failed(Kind.SERVER, true, ProviderErrorCode.ERROR_IN_ANSWER.with(server, said.length(), said));
    }

    /** Something else than a stream of JSON came. */
    public Failed garbage(String payload) {
        String said =
                payload.stripLeading().startsWith("<") ? ErrorBody.of(payload).message() : payload;
        String excerpt = excerpts.of(said.length() > GARBAGE ? said.substring(0, GARBAGE) : said);
        return failed(Kind.GARBAGE, true, ProviderErrorCode.NO_JSON.with(server, excerpt.length(), excerpt));
    }

    public Failed tooLong() {
        return failed(Kind.GARBAGE, false, ProviderErrorCode.TOO_LONG.with(server, PayloadSplitter.LIMIT >> 20));
    }

    public Failed noStream(String contentType) {
        return failed(
                Kind.GARBAGE,
                false,
                ProviderErrorCode.NO_STREAM
                        .with(server, excerpts.of(contentType))
                        .then(checkAddress()));
    }

    public Failed noModels() {
        return failed(
                Kind.GARBAGE,
                false,
                ProviderErrorCode.NO_MODEL_LIST.with(server).then(checkAddress()));
    }

    private CodedText checkAddress() {
        CodedText speaker = ProviderAdvice.speaker(dialect);
        return dialect.ending().isEmpty()
                ? ProviderAdvice.CHECK_SPEAKER.with(origin.address(), speaker)
                : ProviderAdvice.CHECK_SPEAKER_AND_ENDING.with(origin.address(), speaker, dialect.ending());
    }
}
