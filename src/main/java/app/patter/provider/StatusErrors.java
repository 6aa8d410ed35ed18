package app.patter.provider;

import app.patter.provider.Delta.Failed;
import app.patter.provider.Delta.Failed.Kind;
import app.patter.provider.http.RetryAfter;
import app.patter.text.CodedText;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer with a status other than 2xx, or an error inside a stream that stands for one. Immutable. */
public final class StatusErrors {

    /** Gemini answers 400 where others answer 401. */
    private static final String GEMINI_REFUSED_KEY = "\"API_KEY_INVALID\"";

    /** OpenAI's name for a quota that no waiting gives back. */
    private static final String SPENT = "insufficient_quota";

    private final String server;
    private final boolean hasKey;
    private final Origin origin;
    private final Dialect dialect;
    private final Excerpts excerpts;

    StatusErrors(String server, boolean hasKey, Origin origin, Dialect dialect, Excerpts excerpts) {
        this.server = server;
        this.hasKey = hasKey;
        this.origin = origin;
        this.dialect = dialect;
        this.excerpts = excerpts;
    }

    /** The error that a status and a body, which may be cut off, stand for. */
    public Failed of(int status, Optional<Duration> retryAfter, String body, String model) {
        if (status == 400 && body.contains(GEMINI_REFUSED_KEY)) {
            return refusedKey(status);
        }
        String said = excerpts.of(ErrorBody.of(body).message());
        return switch (status) {
            case 401 -> refusedKey(status);
            case 403 -> forbidden(said);
            case 404 -> notFound(model, said);
            case 429 -> rateLimited(retryAfter.orElse(null), said, !body.contains(SPENT));
            default -> otherStatus(status, retryAfter.orElse(null), said);
        };
    }

    /** An error object inside a stream. */
    public Failed inside(String payload) {
        ErrorBody error = ErrorBody.of(payload);
        int code = error.code();
        if (code >= 400 && code < 600) {
            return of(code, RetryAfter.inBody(payload), payload, "");
        }
        String said = excerpts.of(error.message());
        return new Failed(
                Kind.SERVER,
                0,
                null,
                error.passes(payload),
                ProviderErrorCode.ERROR_IN_ANSWER.with(server, said.length(), said),
                said);
    }

    private Failed refusedKey(int status) {
        ProviderErrorCode code = hasKey ? ProviderErrorCode.KEY_REFUSED : ProviderErrorCode.KEY_WANTED;
        return new Failed(
                Kind.REFUSED_KEY,
                status,
                null,
                false,
                code.with(server, status).then(hasKey ? origin.checkKey() : origin.giveKey()));
    }

    /** A key may be right and still not be good for this. */
    private Failed forbidden(String said) {
        if (!hasKey && said.isEmpty()) {
            return refusedKey(403);
        }
        return new Failed(
                Kind.REFUSED_KEY,
                403,
                null,
                false,
                ProviderErrorCode.FORBIDDEN
                        .with(server, said.length(), said)
                        .then(hasKey ? origin.checkKey() : origin.giveKey()),
                said);
    }

    private Failed notFound(String model, String said) {
        CodedText error = model.isEmpty()
                ? ProviderErrorCode.ADDRESS_NOT_FOUND.with(server, said.length(), said)
                : ProviderErrorCode.MODEL_NOT_FOUND.with(server, said.length(), said, excerpts.of(model));
        return new Failed(Kind.UNKNOWN_MODEL, 404, null, false, error.then(whereToLook()), said);
    }

    private CodedText whereToLook() {
        if (origin == Origin.FOUND) {
            return ProviderAdvice.CHOOSE_MODEL.with();
        }
        return dialect.ending().isEmpty()
                ? ProviderAdvice.CHECK_ADDRESS.with(origin.address())
                : ProviderAdvice.CHECK_ENDING.with(origin.address(), dialect.ending());
    }

    private Failed rateLimited(@Nullable Duration wait, String said, boolean passes) {
        return new Failed(
                Kind.RATE_LIMITED,
                429,
                wait,
                passes,
                ProviderErrorCode.RATE_LIMITED
                        .with(server, said.length(), said)
                        .then(
                                wait == null
                                        ? ProviderAdvice.WAIT_OR_CHECK_QUOTA.with()
                                        : ProviderAdvice.WAIT.with(ProviderErrors.seconds(wait))),
                said);
    }

    private Failed otherStatus(int status, @Nullable Duration wait, String said) {
        if (status >= 500) {
            CodedText error = ProviderErrorCode.SERVER_FAILED.with(server, status, said.length(), said);
            return new Failed(Kind.SERVER, status, wait, true, error, said);
        }
        if (status >= 400) {
            CodedText error = ProviderErrorCode.NOT_ACCEPTED.with(server, status, said.length(), said);
            return new Failed(Kind.REQUEST, status, wait, status == 408, error, said);
        }
        return new Failed(
                Kind.REQUEST, status, null, false, ProviderErrorCode.REDIRECTED.with(server, status, origin.address()));
    }
}
