package app.patter.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of accounts after their beginning. */
@ExtendWith(SharedPatter.class)
class AccountLifeIT {

    private static final String NEW = "another horse battery";

    private static Person again(Person person, String password) {
        Person stranger = Person.stranger(person.base());
        stranger.get("/login").expect(200);
        stranger.post("/login", Map.of("name", person.name(), "password", password))
                .expect(303);
        stranger.get("/").expect(200);
        return stranger;
    }

    private static int logIn(Person person, String password) {
        Person stranger = Person.stranger(person.base());
        stranger.get("/login").expect(200);
        return stranger.post("/login", Map.of("name", person.name(), "password", password))
                .status();
    }

    private static String account(Person person) {
        Reply list = SharedPatter.administrator().get("/accounts").expect(200);
        return list.html().select("a").stream()
                .filter(link -> link.text().equals(person.name()))
                .map(link -> link.attr("href"))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isLoggedIn(Person person) {
        return person.get("/account").status() == 200;
    }

    private static long count(String table, Person person) {
        return SharedPatter.database()
                .number("select count(*) from " + table + " where account_id = (select id from account where name = '"
                        + person.name() + "')");
    }

    @Test
    void whoChangesThePasswordStaysLoggedInAndAllOthersDoNot() {
        Person here = SharedPatter.person();
        Person elsewhere = again(here, Person.PASSWORD);
        String token = ApiClient.token(here, "read");
        here.get("/account").expect(200);
        Map<String, String> wrong = Map.of("current", "wrong", "password", NEW);
        assertTrue(here.post("/account/password", wrong)
                .expect(403)
                .html()
                .select(".problem")
                .text()
                .contains("wrong"));
        Map<String, String> weak = Map.of("current", Person.PASSWORD, "password", "password1");
        assertTrue(here.post("/account/password", weak)
                .expect(422)
                .html()
                .select(".problem")
                .text()
                .contains("guessed"));
        assertTrue(isLoggedIn(elsewhere));

        here.post("/account/password", Map.of("current", Person.PASSWORD, "password", NEW))
                .expect(200);
        assertTrue(isLoggedIn(here));
        assertFalse(isLoggedIn(elsewhere));
        assertEquals(401, logIn(here, Person.PASSWORD));
        again(here, NEW);
        assertEquals(200, models(here, token), "tokens stay unless they are to be revoked");
        here.post("/account/password", Map.of("current", NEW, "password", Person.PASSWORD, "revoke", "yes"))
                .expect(200);
        assertEquals(401, models(here, token));
    }

    private static int models(Person person, String token) {
        return Person.stranger(person.base())
                .get("/api/v1/models", "Authorization", "Bearer " + token)
                .status();
    }

    @Test
    void theCurrentPasswordCannotBeGuessedAtAForgottenBrowser() {
        Person person = SharedPatter.person();
        person.get("/account").expect(200);
        for (int guess = 0; guess < 5; guess++) {
            person.post("/account/password", Map.of("current", "wrong " + guess, "password", NEW))
                    .expect(403);
        }
        person.post("/account/password", Map.of("current", Person.PASSWORD, "password", NEW))
                .expect(429);
        assertEquals(303, logIn(person, Person.PASSWORD), "logging in is not what was guessed at");
    }

    @Test
    void peopleSeeTheirLoginsAndEndThem() {
        Person here = SharedPatter.person();
        Person second = again(here, Person.PASSWORD);
        Person third = again(here, Person.PASSWORD);
        Person other = SharedPatter.person();
        List<String> keys = keys(here);
        assertEquals(3, keys.size());
        String own = here.get("/account")
                .html()
                .select("li:has(strong) input[name=login]")
                .val();
        for (String key : keys(second)) {
            other.post("/account/logins/end", Map.of("login", key)).expect(303);
        }
        assertTrue(isLoggedIn(second), "nobody ends what is somebody else's");

        String first = keys.stream().filter(key -> !key.equals(own)).findFirst().orElseThrow();
        here.post("/account/logins/end", Map.of("login", first)).expect(303);
        assertEquals(2, keys(here).size());
        assertTrue(isLoggedIn(second) ^ isLoggedIn(third));
        here.post("/account/logins/end", Map.of("login", "others")).expect(303);
        assertEquals(List.of(own), keys(here));
        here.post("/account/logins/end", Map.of("login", own)).expect(303);
        assertFalse(isLoggedIn(here));
    }

    private static List<String> keys(Person person) {
        return person.get("/account")
                .expect(200)
                .html()
                .select("li input[name=login]")
                .eachAttr("value");
    }

    @Test
    void loggingInAgainAtTheSameBrowserLeavesNoOldLogin() {
        Person person = SharedPatter.person();
        person.get("/account").expect(200);
        person.post("/login", Map.of("name", person.name(), "password", Person.PASSWORD))
                .expect(303);
        assertEquals(1, count("login", person));
    }

    @Test
    void aLinkOfAnAdministratorSetsAPasswordOnce() {
        Person person = SharedPatter.person();
        Person administrator = SharedPatter.administrator();
        String earlier = link(person);
        String link = link(person);
        Person.stranger(person.base()).get(earlier).expect(404);

        Person stranger = Person.stranger(person.base());
        assertTrue(stranger.get(link).expect(200).html().select("h1").text().contains(person.name()));
        stranger.post(link, Map.of("password", "12345678")).expect(422);
        stranger.post(link, Map.of("password", NEW)).expect(303);
        assertTrue(isLoggedIn(stranger));
        assertFalse(isLoggedIn(person));
        assertEquals(303, logIn(person, NEW));
        stranger.get(link).expect(404);
        assertEquals(
                404, stranger.post(link, Map.of("password", Person.PASSWORD)).status());
        assertEquals(200, administrator.get("/").status());

        String old = link(person);
        SharedPatter.database().change("update password_reset set created = '2020-01-01 00:00:00+00'");
        Person.stranger(person.base()).get(old).expect(404);
    }

    private static String link(Person person) {
        Reply shown = SharedPatter.administrator().post(account(person) + "/password", Map.of());
        return URI.create(shown.expect(200).html().select(".fresh code").text()).getPath();
    }

    @Test
    void aDisabledAccountCanDoNothingUntilItIsEnabled() {
        Person person = SharedPatter.person();
        String token = ApiClient.token(person, "write");
        assertEquals(200, models(person, token));
        Dictation dictation = Dictation.at(SharedPatter.model()).begin().text("One ");
        Talk talk = new Talk(person, UUID.randomUUID());
        talk.begin(dictation.prompt(), SharedPatter.AS_ASKED).expect(303);
        try (EventReader reader = talk.follow().connect()) {
            Until.holds("it is being written", () -> reader.shown().text(2).contains("One"));
            SharedPatter.administrator()
                    .post(account(person) + "/disabled", Map.of("disabled", "yes"))
                    .expect(303);
            Until.holds("its stream ends", () -> !reader.connected());
        }
        assertFalse(isLoggedIn(person));
        assertEquals(403, logIn(person, Person.PASSWORD));
        assertEquals(401, logIn(person, "wrong"));
        assertEquals(401, models(person, token));
        Until.holds(
                "its answer is stopped",
                () -> SharedPatter.database()
                                .number("select count(*) from message where state = 'STOPPED' and conversation_id = '"
                                        + talk.id() + "'")
                        == 1);
        SharedPatter.administrator()
                .post(account(person) + "/disabled", Map.of("disabled", "no"))
                .expect(303);
        assertEquals(303, logIn(person, Person.PASSWORD));
        assertEquals(200, models(person, token));
        assertEquals(200, again(person, Person.PASSWORD).get("/c/" + talk.id()).status());
    }

    @Test
    void aDeletedAccountLeavesItsConversationsToSomebodyOrToNobody() {
        for (boolean given : List.of(true, false)) {
            Person person = SharedPatter.person();
            Person heir = SharedPatter.person();
            Dictation dictation = Dictation.at(SharedPatter.model()).begin().text("Kept.");
            Talk talk = new Talk(person, UUID.randomUUID());
            talk.begin(dictation.prompt(), SharedPatter.AS_ASKED).expect(303);
            dictation.finish();
            String page = account(person);
            String id = account(heir).replaceFirst(".*/", "");
            SharedPatter.administrator()
                    .post(page + "/deletion", Map.of("heir", id))
                    .expect(422);
            assertTrue(isLoggedIn(person), "nothing happens without the tick");
            SharedPatter.administrator()
                    .post(page + "/deletion", Map.of("heir", given ? id : "", "sure", "yes"))
                    .expect(303);
            assertEquals(404, SharedPatter.administrator().get(page).status());
            assertEquals(401, logIn(person, Person.PASSWORD));
            assertEquals(given ? 200 : 404, heir.get("/c/" + talk.id()).status());
            assertEquals(
                    given ? 1 : 0,
                    SharedPatter.database().number("select count(*) from conversation where id = '" + talk.id() + "'"));
        }
    }

    @Test
    void thereIsAlwaysAnAdministratorWhoCanLogIn(@TempDir Path folder) {
        try (ChosenDatabase database = ChosenDatabase.in(folder);
                PatterServer server = PatterServer.start(folder, database.settings())) {
            Person first = Person.first(server.address(), "ada");
            Person second = first.invite("grace");
            assertEquals(404, second.get("/accounts").status());
            String ada = page(first, "ada");
            String grace = page(first, "grace");
            first.post(ada + "/administrator", Map.of("administrator", "no")).expect(422);
            first.post(ada + "/disabled", Map.of("disabled", "yes")).expect(422);
            first.post(ada + "/deletion", Map.of("heir", "", "sure", "yes")).expect(422);
            second.get("/").expect(200);
            second.post(ada + "/disabled", Map.of("disabled", "yes")).expect(404);

            first.post(grace + "/administrator", Map.of("administrator", "yes")).expect(303);
            second.get("/accounts").expect(200);
            second.post(ada + "/disabled", Map.of("disabled", "yes")).expect(303);
            second.post(grace + "/disabled", Map.of("disabled", "yes")).expect(422);
            assertFalse(isLoggedIn(first));

            String log = server.log();
            for (String event : List.of(
                    "event=account-created",
                    "event=administrator-named",
                    "event=account-disabled",
                    "event=login-succeeded")) {
                assertTrue(log.contains(event), () -> event + " is not in\n" + log);
            }
            assertFalse(log.contains(Person.PASSWORD), "no password is logged");
        }
    }

    private static String page(Person administrator, String name) {
        return administrator.get("/accounts").expect(200).html().select("a").stream()
                .filter(link -> link.text().equals(name))
                .map(link -> link.attr("href"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whoSetsTheSettingsLetsALostAdministratorInAgain(@TempDir Path folder) {
        try (ChosenDatabase database = ChosenDatabase.in(folder)) {
            try (PatterServer server = PatterServer.start(folder, database.settings())) {
                Person.first(server.address(), "ada");
            }
            try (PatterServer server = PatterServer.start(folder, database.settings(Map.of("PATTER_RECOVER", "Ada")))) {
                Matcher link = Pattern.compile("within a day at (\\S+)").matcher(server.log());
                assertTrue(link.find(), server.log());
                String path = URI.create(link.group(1)).getPath();
                Person ada = Person.stranger(server.address());
                ada.get(path).expect(200);
                ada.post(path, Map.of("password", NEW)).expect(303);
                ada.get("/accounts").expect(200);
            }
        }
    }
}
