package app.patter.tool;

import java.util.List;

/**
 * What a tool says.
 *
 * @param failed whether it says what went wrong
 * @param text   for the model and for people
 * @param images for people; not modifiable
 */
public record ToolAnswer(boolean failed, String text, List<Image> images) {

    public ToolAnswer {
        images = List.copyOf(images);
    }

    /**
     * A picture.
     *
     * @param type {@code image/png}, {@code image/jpeg}, {@code image/gif} or {@code image/webp}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Image(String type, byte[] content) {}

    public static ToolAnswer text(String text) {
        return new ToolAnswer(false, text, List.of());
    }

    public static ToolAnswer failed(String text) {
        return new ToolAnswer(true, text, List.of());
    }
}
