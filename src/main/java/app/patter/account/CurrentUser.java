package app.patter.account;

import app.patter.web.ProblemCode;
import app.patter.web.ProblemException;
import jakarta.enterprise.context.RequestScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who makes this request. */
@RequestScoped
public class CurrentUser {

    private @Nullable Account account;
    private String csrfToken = "";
    private String key = "";

    void is(Logins.LoggedIn known) {
        account = known.account();
        key = known.key();
        csrfToken = known.csrfToken();
    }

    /** A program of a person. */
    void is(ApiTokens.Held held) {
        account = held.account();
        key = held.key();
    }

    void isUnknown(String formToken) {
        csrfToken = formToken;
    }

    /** Whether somebody is logged in. */
    public boolean isKnown() {
        return account != null;
    }

    /** The person; only for resources that need a login. */
    public Account account() {
        Account known = account;
        if (known == null) {
            throw new ProblemException(ProblemCode.NOT_LOGGED_IN);
        }
        return known;
    }

    /** Id of the person; only for resources that need a login. */
    public UUID id() {
        return account().id();
    }

    /** Names the login or token that this request came with, without being one; ends with {@link LoginEnded}. */
    public String key() {
        return key;
    }

    /** What each form on this page has to post in its field {@code forgery}. */
    public String csrfToken() {
        return csrfToken;
    }
}
