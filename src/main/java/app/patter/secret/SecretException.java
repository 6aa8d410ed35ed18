package app.patter.secret;

/** A secret cannot be encrypted or read; the message says why and what to do, and holds nothing of the secret. */
public final class SecretException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public SecretException(String message) {
        super(message);
    }

    /** Never null. */
    public String message() {
        return String.valueOf(getMessage());
    }
}
