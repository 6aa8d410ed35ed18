package app.patter.chat;

/**
 * The assistant's turn in its provider's own form, with what has no place elsewhere: thinking blocks with their
 * signatures, encrypted items. Goes back only to where it is from; providers refuse one that has changed.
 *
 * @param source dialect, server and model it is from; only compared
 * @param json any JSON value; its texts are the provider's, character by character
 */
public record ProviderMessage(String source, String json) {}
