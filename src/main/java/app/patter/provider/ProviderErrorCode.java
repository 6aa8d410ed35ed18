package app.patter.provider;

import app.patter.text.TextCode;

/** Why a model server, or Patter in its place, gave no whole answer. */
enum ProviderErrorCode implements TextCode {
    /** It has no key, and wants one (401, 403). */
    KEY_WANTED,
    /** It refuses its key (401, 403). */
    KEY_REFUSED,
    /** The key is right, but not good for this (403). */
    FORBIDDEN,
    /** Nothing is at the address (404). */
    ADDRESS_NOT_FOUND,
    /** It does not know the model (404). */
    MODEL_NOT_FOUND,
    /** Too many requests, or a spent quota (429). */
    RATE_LIMITED,
    /** Any 5xx. */
    SERVER_FAILED,
    /** Any other 4xx. */
    NOT_ACCEPTED,
    /** A redirect, which is not followed. */
    REDIRECTED,
    /** An error object inside a stream. */
    ERROR_IN_ANSWER,
    /** No connection in time. */
    CONNECT_TIMEOUT,
    /** DNS does not know the name. */
    UNKNOWN_HOST,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_NOT_YET_VALID,
    CERTIFICATE_OTHER_NAME,
    CERTIFICATE_UNKNOWN_ISSUER,
    /** TLS failed for another reason than a certificate. */
    NO_SECURE_CONNECTION,
    CONNECTION_REFUSED,
    /** What answers is no HTTP server. */
    NO_HTTP,
    /** The connection ended before the first byte of an answer. */
    CLOSED,
    /** The request could not even be built. */
    NOT_ASKED,
    /** A question that has to be answered whole took too long. */
    NO_ANSWER,
    /** No byte of an answer in time. */
    NOT_BEGUN,
    /** No byte in time in the middle of an answer. */
    SILENT,
    /** The connection ended in the middle of an answer. */
    CUT,
    /** The stream ended without saying that the answer is complete. */
    TRUNCATED,
    /** The provider's own rules forbid an answer. */
    BLOCKED,
    /** The model tried to call a tool and wrote something else. */
    MALFORMED_CALL,
    NO_JSON,
    TOO_LONG,
    NO_STREAM,
    NO_MODEL_LIST,
    /** Somebody ended the call. */
    STOPPED,
    /** Patter failed to take the answer in. */
    RECEIVER_FAILED,
    /** Patter itself does not know the model. */
    UNKNOWN_MODEL,
    /** The stored key cannot be read. */
    KEY_LOST,
    DEMO_FAILED,
    /** Patter is being stopped. */
    CLOSING;

    @Override
    public String key() {
        return TextCode.key("error.provider.", this);
    }
}
