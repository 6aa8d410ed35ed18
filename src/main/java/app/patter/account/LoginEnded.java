package app.patter.account;

/**
 * Somebody logged out, or revoked a token: what that opened must not stay open. Fired inside the transaction that does it.
 *
 * @param key as {@link CurrentUser#key()} gave it
 */
public record LoginEnded(String key) {}
