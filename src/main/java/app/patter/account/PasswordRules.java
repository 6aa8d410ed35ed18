package app.patter.account;

import app.patter.web.FormException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What a new password must be like: long enough, and nothing that is guessed first (NIST SP 800-63B). */
final class PasswordRules {

    /** Fewest characters. */
    static final int SHORTEST = 8;

    /** Most characters: hashing takes as long as they are many. */
    static final int LONGEST = 200;

    /** The passwords of at least 8 characters that leaked lists hold most often, in lower case. */
    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    /** @throws FormException if that person may not have that password */
    static void check(String name, String password) {
        if (password.length() < SHORTEST) {
            throw new FormException(AccountText.PASSWORD_LENGTH.with(SHORTEST));
        }
        if (password.length() > LONGEST) {
            throw new FormException(AccountText.PASSWORD_TOO_LONG.with(LONGEST));
        }
        String lower = password.toLowerCase(Locale.ROOT);
        boolean one = password.chars().distinct().count() < 3;
        if (one || COMMON.contains(lower) || lower.equals(name) || lower.equals(name + name)) {
            throw new FormException(AccountText.PASSWORD_COMMON.with());
        }
    }

    private static Set<String> common() {
        try (InputStream file = PasswordRules.class.getResourceAsStream("common-passwords.txt");
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8))) {
            return lines.lines().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
