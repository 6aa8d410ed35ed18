package app.patter.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of the {@linkplain Setting settings}: the environment first, then system properties, then the default. */
public final class Settings {

    private static final int SHORTEST_KEY = 32;

    private final Function<String, @Nullable String> environment;
    private final Function<String, @Nullable String> properties;

    /**
     * Settings read from the given look-ups, each of which answers null for what it does not have.
     */
    public Settings(Function<String, @Nullable String> environment, Function<String, @Nullable String> properties) {
        this.environment = environment;
        this.properties = properties;
    }

    /** The settings of this process; read anew at each call, so that nothing is kept that was changed. */
    public static Settings ofProcess() {
        return new Settings(System::getenv, System::getProperty);
    }

    /** The value as it was written, or the default; empty when there is neither. */
    public Optional<String> text(Setting setting) {
        return current(setting)
                .or(() -> former(setting))
                .or(() -> Optional.ofNullable(setting.standard()))
                .map(String::strip);
    }

    private Optional<String> current(Setting setting) {
        return lookUp(setting.variable(), setting.property());
    }

    private Optional<String> former(Setting setting) {
        String variable = setting.formerVariable();
        String property = setting.formerProperty();
        return variable == null || property == null ? Optional.empty() : lookUp(variable, property);
    }

    private Optional<String> lookUp(String variable, String property) {
        return Optional.ofNullable(environment.apply(variable))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(properties.apply(property)).filter(value -> !value.isBlank()));
    }

    /** The settings whose value is read from their former name. */
    public List<Setting> underFormerNames() {
        return Stream.of(Setting.values())
                .filter(setting -> current(setting).isEmpty() && former(setting).isPresent())
                .toList();
    }

    /**
     * The value of a number, in the setting's unit.
     *
     * @throws SettingException if it is no whole number between the setting's bounds
     */
    public long number(Setting setting) {
        String value = text(setting).orElseThrow();
        try {
            long number = Long.parseLong(value);
            if (number >= setting.min() && number <= setting.max()) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, together with a number out of bounds
        }
        throw new SettingException(
                setting,
                " is \"" + value + "\"",
                "give a whole number of " + setting.unit() + " from " + setting.min() + " to " + setting.max() + ".");
    }

    /** The value of a number of milliseconds. */
    public Duration duration(Setting setting) {
        return Duration.ofMillis(number(setting));
    }

    /**
     * Whether a switch is on.
     *
     * @throws SettingException if it is neither on nor off
     */
    public boolean on(Setting setting) {
        String value = text(setting).orElseThrow();
        return switch (value) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new SettingException(setting, " is \"" + value + "\"", "give on or off.");
        };
    }

    /**
     * The value of a choice.
     *
     * @throws SettingException if it is none of the allowed ones
     */
    public String choice(Setting setting) {
        String value = text(setting).orElseThrow();
        if (!setting.choices().contains(value)) {
            throw new SettingException(
                    setting, " is \"" + value + "\"", "give one of " + String.join(", ", setting.choices()) + ".");
        }
        return value;
    }

    /**
     * A text that something is encrypted with.
     *
     * @throws SettingException if it is too short to be safe
     */
    public Optional<String> key(Setting setting) {
        Optional<String> value = text(setting);
        if (value.filter(text -> text.length() < SHORTEST_KEY).isPresent()) {
            throw new SettingException(
                    setting,
                    " is too short",
                    "give " + SHORTEST_KEY + " characters or more, such as `openssl rand -base64 32` prints.");
        }
        return value;
    }

    /**
     * The value of an address, always with a slash at its end.
     *
     * @throws SettingException if it is no absolute http or https address
     */
    public Optional<URI> address(Setting setting) {
        return text(setting).map(value -> {
            try {
                URI address = BaseAddress.of(value);
                boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
                if (web && address.getHost() != null) {
                    return address;
                }
                if (web && BaseAddress.hasUnderscore(address)) {
                    throw new SettingException(
                            setting,
                            " has a host with an underscore",
                            "give the host a name without one, or its IP address: Java cannot ask others.");
                }
            } catch (URISyntaxException e) {
                // answered below, together with other kinds of address
            }
            throw new SettingException(
                    setting,
                    " is no web address",
                    "give one that begins with http:// or https://, like http://host/v1.");
        });
    }

    /**
     * The path of a folder, absolute; it need not be there.
     *
     * @throws SettingException if this machine cannot have such a path
     */
    public Path folder(Setting setting) {
        String folder = text(setting).orElseThrow();
        if (folder.equals("~") || folder.startsWith("~/")) {
            folder = System.getProperty("user.home") + folder.substring(1);
        }
        try {
            return Path.of(folder).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new SettingException(
                    setting,
                    " is no path for this process",
                    "give one in ASCII, or start Java in a locale of UTF-8, such as LC_ALL=C.UTF-8.");
        }
    }

    /**
     * Looks at every setting once, so that a wrong one stops the start instead of the first person who needs it.
     *
     * @throws SettingException for the first setting that cannot be used
     */
    public void check() {
        for (Setting setting : Setting.values()) {
            switch (setting.kind()) {
                case NUMBER -> number(setting);
                case SWITCH -> on(setting);
                case CHOICE -> choice(setting);
                case URL -> address(setting);
                case KEY -> key(setting);
                case FOLDER -> folder(setting);
                case TEXT, SECRET -> text(setting);
            }
        }
    }
}
