package app.patter.account;

import java.util.UUID;

/** Somebody may use Patter no more: what is done in their name ends. Fired inside the transaction that disables the account. */
public record AccountDisabled(UUID account) {}
