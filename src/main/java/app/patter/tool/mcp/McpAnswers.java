package app.patter.tool.mcp;

import app.patter.text.Graphemes;
import app.patter.tool.ToolAnswer;
import app.patter.tool.ToolAnswer.Image;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns what servers of tools answer into text for models, and pictures for people. Pure. */
final class McpAnswers {

    private static final int CHARACTERS = 50_000;
    private static final int LONGEST = 500;
    private static final int PICTURE = 1_000_000;
    private static final int PICTURES = 10;
    private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    private McpAnswers() {}

    static ToolAnswer of(McpSchema.CallToolResult result) {
        List<String> texts = new ArrayList<>();
        List<Image> images = new ArrayList<>();
        List<McpSchema.Content> parts = result.content();
        if (parts != null) {
            parts.forEach(part -> texts.add(text(part, images)));
        }
        Object structured = result.structuredContent();
        if (texts.isEmpty() && structured != null) {
            texts.add(json(structured));
        }
        return new ToolAnswer(Boolean.TRUE.equals(result.isError()), cut(String.join("\n", texts)), images);
    }

    private static String json(Object structured) {
        try {
            return McpJson.MAPPER.writeValueAsString(structured);
        } catch (IOException e) {
            return structured.toString(); // cannot be: it came as JSON
        }
    }

    /** @param content null where its type is none that the protocol has */
    private static String text(McpSchema.@Nullable Content content, List<Image> images) {
        if (content instanceof McpSchema.TextContent text) {
            return orEmpty(text.text());
        }
        if (content instanceof McpSchema.ImageContent image) {
            return image(image, images);
        }
        if (content instanceof McpSchema.AudioContent sound) {
            return "[sound, " + sound.mimeType() + ", not played]";
        }
        if (content instanceof McpSchema.EmbeddedResource resource) {
            return resource(resource.resource());
        }
        if (content instanceof McpSchema.ResourceLink link) {
            String about = orEmpty(link.description());
            return "[" + orEmpty(link.name()) + ": " + link.uri() + (about.isEmpty() ? "" : ", " + about) + "]";
        }
        return "[part that cannot be shown]";
    }

    private static String image(McpSchema.ImageContent image, List<Image> images) {
        try {
            byte[] content = Base64.getDecoder().decode(orEmpty(image.data()));
            boolean shown = SHOWN.contains(image.mimeType()) && content.length <= PICTURE && images.size() < PICTURES;
            if (shown) {
                images.add(new Image(image.mimeType(), content));
            }
            return "[picture, " + image.mimeType() + ", " + content.length + " bytes"
                    + (shown ? ", shown to the person]" : ", not shown]");
        } catch (IllegalArgumentException e) {
            return "[picture that cannot be read]";
        }
    }

    private static String resource(McpSchema.ResourceContents resource) {
        if (resource instanceof McpSchema.TextResourceContents text) {
            return "[" + text.uri() + "]\n" + orEmpty(text.text());
        }
        return resource instanceof McpSchema.BlobResourceContents blob
                ? "[" + blob.uri() + ", " + blob.mimeType() + ", not shown]"
                : "";
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String cut(String text) {
        return text.length() <= CHARACTERS
                ? text
                : Graphemes.start(text, CHARACTERS) + "\n… (cut; the answer has " + text.length() + " characters)";
    }

    /** What a server says in an error, at most a few lines of it. */
    static String message(McpError error) {
        String message = orEmpty(error.getMessage());
        return message.length() <= LONGEST ? message : Graphemes.start(message, LONGEST) + "…";
    }
}
