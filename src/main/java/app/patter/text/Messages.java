package app.patter.text;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What people read, from {@code messages.properties}. Thread-safe. */
@ApplicationScoped
public class Messages {

    private static final String FILE = "/app/patter/messages.properties";

    private static final Messages ENGLISH = new Messages();

    private final Map<String, String> plain = new HashMap<>();
    private final Map<String, MessageFormat> formats = new HashMap<>();

    /** Reads the file. */
    public Messages() {
        read().forEach((key, pattern) -> {
            MessageFormat format = new MessageFormat((String) pattern, Locale.ENGLISH);
            if (format.getFormatsByArgumentIndex().length == 0) {
                plain.put((String) key, format.format(new Object[0]));
            } else {
                formats.put((String) key, format);
            }
        });
    }

    /** The texts in English, which are all there are, for what is no bean. */
    public static Messages english() {
        return ENGLISH;
    }

    /** The words of a coded text, with those that follow it. */
    public String text(CodedText coded) {
        StringBuilder words = new StringBuilder(sentence(coded));
        coded.then().forEach(more -> words.append(' ').append(text(more)));
        return words.toString();
    }

    /** The words of a coded text; empty if there is none. */
    public String words(@Nullable CodedText coded) {
        return coded == null ? "" : text(coded);
    }

    private String sentence(CodedText coded) {
        if (!plain.containsKey(coded.key()) && !formats.containsKey(coded.key())) {
            return text(BaseText.UNKNOWN.key(), coded.key());
        }
        Object[] arguments = coded.arguments().stream()
                .map(argument -> argument instanceof CodedText text ? text(text) : argument)
                .toArray();
        return text(coded.key(), arguments);
    }

    /**
     * A text with its arguments. Without any, its placeholders stay, for scripts to fill in.
     *
     * @throws MissingResourceException if there is no such text: better no page than one with gaps
     */
    public String text(String key, @Nullable Object... arguments) {
        String text = plain.get(key);
        if (text != null) {
            return text;
        }
        MessageFormat format = formats.get(key);
        if (format == null) {
            throw new MissingResourceException("There is no text for " + key + ".", FILE, key);
        }
        return ((MessageFormat) format.clone()).format(arguments); // a format serves one thread at a time
    }

    private static Properties read() {
        Properties found = new Properties();
        try (InputStream file = Messages.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not in the WAR.");
            }
            found.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
