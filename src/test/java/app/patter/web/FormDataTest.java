package app.patter.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import app.patter.fixture.Seed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FormDataTest {

    @RepeatedTest(200)
    void readsWhatAnyBrowserEncodes(@Seed Random random) {
        String text = random.ints(random.nextInt(200), 1, 0x10FFFF)
                .filter(c -> c < 0xD800 || c > 0xDFFF)
                .filter(c -> c != '\r')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        FormData form = read("a=1&text=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&b");
        assertEquals(text, form.text("text"));
        assertEquals("1", form.text("a"));
        assertEquals("", form.text("b"));
        assertEquals("", form.text("c"));
    }

    @Test
    void givesLineEndsAsLf() {
        assertEquals("a\nb\n\n c", read("text=a%0D%0Ab%0D%0A%0D%0A+c").text("text"));
    }

    @Test
    void takesBrokenEscapesAsTheyAre() {
        assertEquals("100% %zz %4", read("text=100%+%zz+%4").text("text"));
    }

    @Test
    void replacesTheCharacterThatDatabasesCannotHold() {
        assertEquals("a\uFFFDb", read("text=a%00b").text("text"));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertEquals(
                400,
                assertThrows(ProblemException.class, () -> read("text=%E4")).status());
        assertEquals(
                400,
                assertThrows(ProblemException.class, () -> read("text=%ED%A0%80"))
                        .status());
    }

    @Test
    void anIdThatIsNoneIsLikeOneThatNothingHas() {
        FormData form = read("id=1-1-1-1-1");
        assertEquals(
                404, assertThrows(ProblemException.class, () -> form.id("id")).status());
    }

    private static FormData read(String body) {
        FormData form = new FormData();
        form.read(body.getBytes(StandardCharsets.ISO_8859_1));
        return form;
    }
}
