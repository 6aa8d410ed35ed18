package app.patter.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account is about to be deleted, with all that is its own. Fired inside the transaction, before the deletion.
 *
 * @param heir the account that gets its conversations; null if they are deleted
 */
public record AccountDeleted(UUID account, @Nullable UUID heir) {}
