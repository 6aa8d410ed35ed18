package app.patter.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of Patter, declared once. {@code docs/settings.md} shows this list as a table, checked by a test.
 *
 * <p>The setting {@code DB_URL} is read from the environment variable {@code PATTER_DB_URL} or, where that is
 * absent or blank, from the system property {@code patter.db.url}.
 */
public enum Setting {
    URL(Kind.URL, "http://localhost:8080/", "Address at which people reach Patter; the log shows it at start."),
    HOSTS(
            Kind.TEXT,
            null,
            "Further names under which people reach Patter, separated by commas; requests for others are refused."),
    DATA(Kind.FOLDER, "~/.patter", "Folder for the embedded database; created at start if missing."),
    DB_URL(Kind.TEXT, null, "JDBC URL of PostgreSQL; absent: an embedded H2 database in the data folder."),
    DB_USER(Kind.TEXT, null, "User of the database."),
    DB_PASSWORD(Kind.SECRET, null, "Password of that user."),
    DB_WAIT(0, 3_600_000, 30_000, "ms", "Longest wait at start for a database server that is not ready yet."),
    SECRET_KEY(
            Kind.KEY,
            null,
            "Secret of 32 characters or more that encrypts the keys of added servers; absent: a random one in the data folder."),
    OWN_PROCESS(
            Kind.SWITCH,
            "off",
            "Exit the JVM if start-up fails (78: needs an operator, 1: retry). Turn on when the server hosts only Patter."),
    DISK_SPACE(
            0,
            1_000_000_000,
            100,
            "MB",
            "Free space in the data folder below which Patter reports not ready; for the embedded database."),
    MODEL_URL(Kind.URL, null, "Base address of an OpenAI-compatible server, up to and including /v1."),
    MODEL_KEY(Kind.SECRET, null, "API key for that server, if it needs one."),
    MODEL_API(
            "openai",
            "API of that server: openai (chat completions), responses, anthropic, gemini, ollama or agent.",
            "openai",
            "responses",
            "anthropic",
            "gemini",
            "ollama",
            "agent"),
    MODEL_REASONING(
            Kind.SWITCH,
            "off",
            "Request reasoning where that server does not send it by itself: on or off; some models refuse."),
    MODEL(Kind.TEXT, null, "Model chosen for new conversations; absent: the first that the server lists."),
    MODEL_FALLBACKS(
            Kind.TEXT,
            null,
            "Fallback models of that server, in order, for one that fails before it writes; separated by commas."),
    DISCOVERY(
            "local",
            "Look for model servers on loopback when no MODEL_URL is set: on, off, or local (only where URL is this machine's).",
            "local",
            "on",
            "off"),
    PROVIDER_CONNECT(1, 600_000, 10_000, "ms", "Longest wait for a connection to a model server."),
    PROVIDER_IDLE(1, 3_600_000, 120_000, "ms", "Longest silence of a model server before its answer counts as failed."),
    PROVIDER_RETRIES(0, 10, 2, "times", "How often a model that fails before it writes is retried, after a pause."),
    TITLES(
            Kind.TEXT,
            "same",
            "Model that writes a title after the first answer: same (the one that answered), a model's id, or off."),
    DEMO_RATE(1, 100_000, 60, "words/s", "Speed at which the built-in demo answers."),
    TOOL_TIMEOUT(1, 3_600_000, 60_000, "ms", "Longest time that one tool call may take."),
    TOOL_ROUNDS(1, 1_000, 20, "rounds", "How often one answer may call tools before a person must continue it."),
    TOOL_CALLS(1, 1_000, 32, "calls", "How many tool calls a model may make at once; it is told of those beyond."),
    TOOL_COMMAND_PREFIX(
            Kind.TEXT,
            null,
            "Words put before every such command, as a sandbox or another user: bwrap, systemd-run, sudo -u."),
    TOOL_COMMANDS(
            Kind.SWITCH,
            "off",
            "Let administrators add tool servers that are commands, run as Patter's own user: on or off."),
    PROMPT_LIMIT(1, 10_000_000, 200_000, "characters", "Longest message that a person may send."),
    ANSWERS_PER_ACCOUNT(1, 1_000_000, 100, "answers", "Answers that one account may have written on one node at once."),
    MESSAGES_PER_MINUTE(
            1,
            1_000_000,
            1_200,
            "messages",
            "Messages, retries and continuations of one account in a minute, on one node."),
    WHOLE_PAGES_PER_ACCOUNT(1, 1_000, 2, "pages", "Conversations that one account may have shown whole at once."),
    WATCHERS_PER_ACCOUNT(
            1,
            1_000,
            4,
            "pages",
            "Pages without scripts on which one account may follow answers at once; each holds a thread."),
    SAVE_INTERVAL(1, 10_000, 50, "ms", "Age at which streamed text is saved and sent; the first token goes at once."),
    SAVE_INTERVAL_MAX(
            1,
            60_000,
            1_000,
            "ms",
            "Longest save interval: under load the interval widens up to this, then narrows again."),
    SAVE_SIZE(
            1,
            1_000_000_000,
            4_096,
            "characters",
            "Unsaved text of one answer that is saved and sent before it reaches that age."),
    UNSAVED_LIMIT(
            1_024,
            1_000_000_000,
            1_048_576,
            "characters",
            "Unsaved text of one answer above which the model server is slowed down."),
    HEARTBEAT(10, 600_000, 15_000, "ms", "Silence on an event stream after which a heartbeat is sent."),
    SEND_TIMEOUT(
            10, 600_000, 10_000, "ms", "Longest time that one send to a reader may take; then the reader is dropped."),
    SEND_THREADS(
            2,
            10_000,
            256,
            "threads",
            "Concurrent sends to readers, at most a quarter for one account; a stalled reader holds one."),
    READERS(1, 1_000_000, 10_000, "streams", "Event streams that may be open on one node."),
    READERS_PER_ACCOUNT(1, 1_000_000, 200, "streams", "Event streams that one account may have open on one node."),
    STREAM_AGE(1_000, 86_400_000, 1_800_000, "ms", "Maximum age of one event stream; the page then opens the next."),
    LOGIN_DAYS(1, 3_650, 30, "days", "Days without a visit after which a person must log in again."),
    LOGIN_DAYS_MAX(1, 3_650, 90, "days", "Days after which a person must log in again, however often they come."),
    RECOVER(
            Kind.TEXT,
            null,
            "Name of an account that becomes an administrator's at the start; the log shows a link for a new password."),
    PASSWORD_ITERATIONS(
            10_000,
            10_000_000,
            210_000,
            "rounds",
            "Rounds of PBKDF2 with SHA-512 that a password is hashed with; those hashed with fewer follow at the next login.");

    /** What a value must look like. */
    public enum Kind {
        /** Any characters. */
        TEXT,
        /** Any characters, never shown or logged. */
        SECRET,
        /** At least 32 characters that nobody can guess, never shown or logged. */
        KEY,
        /** An absolute http or https address. */
        URL,
        /** A path; {@code ~} at its beginning is the home of whoever runs this. */
        FOLDER,
        /** {@code on} or {@code off}. */
        SWITCH,
        /** One of {@link #choices()}. */
        CHOICE,
        /** A whole number between {@link #min()} and {@link #max()}. */
        NUMBER
    }

    /** Names that settings had at first; still read where nothing is set under the current name. */
    private static final Map<Setting, String> FORMER_NAMES = Map.of(
            MODEL_URL, "OPENAI_URL",
            MODEL_KEY, "OPENAI_KEY",
            MODEL_API, "OPENAI_DIALECT",
            MODEL_REASONING, "OPENAI_REASONING",
            MODEL, "OPENAI_MODEL",
            MODEL_FALLBACKS, "OPENAI_FALLBACKS",
            PROVIDER_CONNECT, "UPSTREAM_CONNECT",
            PROVIDER_IDLE, "UPSTREAM_IDLE",
            PROVIDER_RETRIES, "UPSTREAM_RETRIES");

    private final Kind kind;
    private final long min;
    private final long max;
    private final @Nullable String standard;
    private final String unit;
    private final String meaning;
    /** Separated by a blank; enums are immutable. */
    private final String choices;

    Setting(Kind kind, @Nullable String standard, String meaning) {
        this.kind = kind;
        this.min = 0;
        this.max = 0;
        this.standard = standard;
        this.unit = "";
        this.meaning = meaning;
        this.choices = "";
    }

    Setting(String standard, String meaning, String... choices) {
        this.kind = Kind.CHOICE;
        this.min = 0;
        this.max = 0;
        this.standard = standard;
        this.unit = "";
        this.meaning = meaning;
        this.choices = String.join(" ", choices);
    }

    Setting(long min, long max, long standard, String unit, String meaning) {
        this.kind = Kind.NUMBER;
        this.min = min;
        this.max = max;
        this.standard = Long.toString(standard);
        this.unit = unit;
        this.meaning = meaning;
        this.choices = "";
    }

    /** Name of the environment variable. */
    public String variable() {
        return variable(name());
    }

    private static String variable(String name) {
        return "PATTER_" + name;
    }

    /** Name of the system property. */
    public String property() {
        return property(name());
    }

    private static String property(String name) {
        return "patter." + name.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** The environment variable that it was before; null if it always had its name. */
    public @Nullable String formerVariable() {
        String name = FORMER_NAMES.get(this);
        return name == null ? null : variable(name);
    }

    /** The system property that it was before; null if it always had its name. */
    public @Nullable String formerProperty() {
        String name = FORMER_NAMES.get(this);
        return name == null ? null : property(name);
    }

    public Kind kind() {
        return kind;
    }

    /** Smallest allowed number, in {@link #unit()}. */
    public long min() {
        return min;
    }

    /** Largest allowed number, in {@link #unit()}. */
    public long max() {
        return max;
    }

    /** The value when nobody sets one; null when the setting is then absent. */
    public @Nullable String standard() {
        return standard;
    }

    /** Unit of a number, empty for the others. */
    public String unit() {
        return unit;
    }

    /** The allowed values of a {@link Kind#CHOICE}; none for the others. */
    public List<String> choices() {
        return choices.isEmpty() ? List.of() : List.of(choices.split(" "));
    }

    public String meaning() {
        return meaning;
    }
}
