package app.patter.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetsTest {

    private static final String FILE = "/webjars/katex/0.18.11/dist/katex.min.js";

    private final Assets assets = new Assets();

    @Test
    void aFileOfALibraryIsFound() {
        assertTrue(assets.find(FILE).isPresent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webjars//katex/0.18.11/dist/katex.min.js",
                "//webjars/katex/0.18.11/dist/katex.min.js",
                "/webjars/./katex/0.18.11/dist/katex.min.js",
                "/webjars/katex/0.18.11/dist/../dist/katex.min.js",
                "/webjars/katex/0.18.11/dist/katex.min.js/",
                "/webjars/katex\\0.18.11/dist/katex.min.js",
                "/webjars/katex/0.18.11/dist/%6Batex.min.js",
                "/webjars/katex/0.18.11/dist/katex.min.js;x.js",
                "/webjars/katex/0.18.11/LICENSE",
                "/WEB-INF/web.xml",
                "/x.js",
                "/",
                ""
            })
    void noOtherSpellingOfItIs(String path) {
        assertFalse(assets.find(path).isPresent(), path);
    }
}
