package app.patter.conversation;

import app.patter.chat.TokenUsage;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an answer has used, in columns of its row. */
@Embeddable
public class UsageColumns {

    @Column(name = "input_tokens")
    private @Nullable Long input;

    @Column(name = "output_tokens")
    private @Nullable Long output;

    @Column(name = "cached_tokens")
    private @Nullable Long cached;

    @Column(name = "reasoning_tokens")
    private @Nullable Long reasoning;

    @Column
    private @Nullable BigDecimal cost;

    /** For JPA. */
    protected UsageColumns() {}

    /** The same as a value; null if nobody has counted. */
    @Nullable
    TokenUsage usage() {
        return input == null || output == null
                ? null
                : new TokenUsage(
                        input,
                        output,
                        Objects.requireNonNullElse(cached, 0L),
                        Objects.requireNonNullElse(reasoning, 0L),
                        cost);
    }
}
