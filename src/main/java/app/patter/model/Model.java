package app.patter.model;

/**
 * A model that a person can choose.
 *
 * @param id the provider's id, a slash, and the model's name there (which may hold further slashes), such as {@code
 *     openai/gpt-4o-mini} or {@code demo/demo}
 * @param label name shown to people
 * @param demo whether this is the built-in demo and no language model
 */
public record Model(String id, String label, boolean demo) {}
