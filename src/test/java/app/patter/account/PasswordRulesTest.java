package app.patter.account;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.patter.web.FormException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short77",
                "password",
                "PassWord1",
                "12345678",
                "aaaaaaaa",
                "abababab",
                "ada-lovelace",
                "Ada-Lovelace"
            })
    void whatIsGuessedFirstIsRefused(String password) {
        assertThrows(FormException.class, () -> PasswordRules.check("ada-lovelace", password));
    }

    @Test
    void aPasswordMayBeLongButNotEndless() {
        assertDoesNotThrow(() -> PasswordRules.check("ada", "abc".repeat(66)));
        assertThrows(FormException.class, () -> PasswordRules.check("ada", "abc".repeat(67)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse", "пароль-и-ещё", "ada-lovelace-1815"})
    void othersArePeoplesOwnChoice(String password) {
        assertDoesNotThrow(() -> PasswordRules.check("ada-lovelace", password));
    }
}
