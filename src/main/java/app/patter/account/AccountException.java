package app.patter.account;

/** An account cannot be made; the message says why, to the person. */
final class AccountException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    AccountException(String message) {
        super(message);
    }
}
