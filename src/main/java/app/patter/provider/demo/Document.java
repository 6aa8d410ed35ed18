package app.patter.provider.demo;

/**
 * A page of Patter's own documentation, from which the demo answers.
 *
 * @param title shown as the source of a quote
 * @param text Markdown
 */
public record Document(String title, String text) {}
