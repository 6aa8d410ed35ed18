package app.patter.browser;

import app.patter.fixture.Rounds;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a page is looked at with. Widths and colors hardly depend on each other, so only long runs try all pairs. */
enum Screen {
    DESK_LIGHT(false, ColorScheme.LIGHT),
    PHONE_DARK(true, ColorScheme.DARK),
    PHONE_LIGHT(true, ColorScheme.LIGHT),
    DESK_DARK(false, ColorScheme.DARK);

    private final boolean phone;
    private final ColorScheme scheme;

    Screen(boolean phone, ColorScheme scheme) {
        this.phone = phone;
        this.scheme = scheme;
    }

    /** Both widths and both colors; in a long run each width with each color. */
    static List<Screen> tried() {
        return Arrays.asList(values()).subList(0, Rounds.of(1) == 1 ? 2 : 4);
    }

    static Browser.NewContextOptions desk() {
        return new Browser.NewContextOptions().setViewportSize(1280, 800);
    }

    static Browser.NewContextOptions phone() {
        return new Browser.NewContextOptions()
                .setViewportSize(390, 844)
                .setDeviceScaleFactor(2)
                .setIsMobile(true)
                .setHasTouch(true);
    }

    Browser.NewContextOptions options() {
        return (phone ? phone() : desk()).setColorScheme(scheme);
    }

    /** For the names of pictures. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
