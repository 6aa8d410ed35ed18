package app.patter.markdown;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What languages, habits of models and answers cut short make of Markdown, each at every place where it may be cut. */
class TextKindsTest {

    private static final String FORMULA = "<span class=\"math inline\">";
    private static final String DISPLAY = "<div class=\"math display\">";

    /** Checks the whole text, and that readers who follow it see what they would see of any beginning of it. */
    static void shows(String html, String text) {
        assertEquals(html, plain(Markdown.html(text)), text);
        LiveMarkdown followed = new LiveMarkdown("r12-1");
        StrictPage page = new StrictPage("");
        for (int end = 1; end <= text.length(); end++) {
            String beginning = text.substring(0, end);
            page.apply(followed.append(text.substring(end - 1, end)));
            assertEquals(followed.html(), page.html(), beginning);
            LiveMarkdown cut = LiveMarkdown.resumed("r12-1", beginning);
            assertEquals(followed.html(), cut.html(), beginning);
            StrictPage cutPage = new StrictPage(cut.html());
            String last = cut.end();
            assertFalse(last.contains("innerHTML:") && !text.contains("[^"), () -> "shown anew: " + beginning);
            cutPage.apply(last);
            assertEquals(Markdown.html(beginning), cutPage.html(), beginning);
        }
    }

    static String plain(String html) {
        return html.replace(" dir=\"auto\"", "").replace(" rel=\"noopener noreferrer nofollow\" target=\"_blank\"", "");
    }

    private static String link(String address) {
        return "<a href=\"" + address + "\">" + address + "</a>";
    }

    @Test
    void aFormulaStandsBesideLettersOfAnyScript() {
        shows("<p>若" + FORMULA + "x=1</span>，故" + FORMULA + "y</span>。</p>", "若$x=1$，故$y$。");
        shows("<p>ค่า" + FORMULA + "x</span>คือ</p>", "ค่า$x$คือ");
        shows("<p>при" + FORMULA + "x</span>и</p>", "при$x$и");
        shows("<p>값" + FORMULA + "x</span>은</p>", "값$x$은");
        shows("<p>let" + FORMULA + "x^2</span>be</p>", "let$x^2$be");
        shows("<p>the " + FORMULA + "n</span>th of two " + FORMULA + "k</span>s</p>", "the $n$th of two $k$s");
    }

    @Test
    void aFormulaStandsInQuotationMarks() {
        for (String quotes : new String[] {"“”", "‘’", "«»", "„“", "「」", "『』", "\"\"", "''", "（）"}) {
            String before = quotes.substring(0, 1).replace("\"", "&quot;");
            String after = quotes.substring(1).replace("\"", "&quot;");
            shows(
                    "<p>" + before + FORMULA + "a_1</span>" + after + "</p>",
                    quotes.charAt(0) + "$a_1$" + quotes.charAt(1));
        }
    }

    @Test
    void moneyAndShellsBesideLettersAreNoFormulas() {
        for (String text : new String[] {"US$5=A$6", "$HOME/$USER", "a$b$c", "R$5 e R$6", "5$x$", "共$5和$6"}) {
            shows("<p>" + text + "</p>", text);
        }
    }

    @Test
    void aFenceOfMathIsAFormula() {
        shows(DISPLAY + "x^2&#10;+ 1</div><p>b</p>", "```math\nx^2\n+ 1\n```\nb");
        shows("<ul><li><p>a</p>" + DISPLAY + "x</div></li></ul>", "- a\n  ~~~math\n  x\n  ~~~");
        shows(DISPLAY + "x</div>", "```math\n\nx");
    }

    @Test
    void anEnvironmentIsAFormulaWithoutOtherMarks() {
        shows(
                "<p>So</p>" + DISPLAY + "\\begin{align}&#10;a &amp;= b \\\\&#10;- c&#10;\\end{align}</div><p>d</p>",
                "So\n\\begin{align}\na &= b \\\\\n- c\n\\end{align}\nd");
        shows(
                DISPLAY + "\\begin{cases}\\begin{cases}1\\end{cases}\\end{cases}</div>",
                "\\begin{cases}\\begin{cases}1\\end{cases}\\end{cases}");
        shows(
                "<ol><li><p>a</p>" + DISPLAY + "\\begin{gather*}&#10;x&#10;\\end{gather*}</div></li></ol>",
                "1. a\n   \\begin{gather*}\n   x\n   \\end{gather*}");
        shows("<p>\\begin{itemize}&#10;\\item a&#10;\\end{itemize}</p>", "\\begin{itemize}\n\\item a\n\\end{itemize}");
        shows("<p>\\begin{align}&#10;a</p><h1>b</h1>", "\\begin{align}\na\n\n# b");
    }

    @Test
    void blankLinesMayBeWithinAFormula() {
        shows("<p>So</p>" + DISPLAY + "x&#10;&#10;- y</div><p>z</p>", "So\n$$\nx\n\n- y\n$$\nz");
        shows(DISPLAY + "x</div>", "\\[\n\nx\n\n\\]");
        shows("<ul><li>" + DISPLAY + "x&#10;&#10;y</div></li><li><p>b</p></li></ul>", "- $$\n  x\n\n  y\n  $$\n- b");
        shows("<blockquote>" + DISPLAY + "x&#10;&#10;y</div></blockquote>", "> $$\n> x\n>\n> y\n> $$");
    }

    @Test
    void aFormulaThatIsNeverClosedDoesNotTakeTheRest() {
        shows("<p>$$&#10;x</p><h2>Then</h2><p><strong>b</strong></p>", "$$\nx\n\n## Then\n\n**b**");
        shows("<p>[&#10;x</p><ul><li><p>b</p></li></ul>", "\\[\nx\n\n- b");
        shows("<ul><li><p>$$&#10;x</p></li></ul><p>one two</p>", "- $$\n  x\n\none two");
        shows("<p>$$ a</p><p>some words here</p><p>$$</p>", "$$ a\n\nsome words here\n\n$$");
    }

    @Test
    void escapedBracketsAroundNumbersAndWordsAreBrackets() {
        shows("<p>As in [3] and [4, 5].</p>", "As in \\[3\\] and \\[4, 5\\].");
        shows("<p>[1] Smith</p>", "\\[1\\] Smith");
        shows("<p>[7]</p>", "\\[7\\]");
        shows("<p>an [optional] word, list[i]</p>", "an \\[optional\\] word, list\\[i\\]");
        shows("<p>[x] done</p>", "\\[x\\] done");
    }

    @Test
    void emphasisEndsAtThePunctuationOfChineseJapaneseAndKorean() {
        shows("<p><strong>注：</strong>是</p>", "**注：**是");
        shows("<p>好。<strong>“一”</strong>好</p>", "好。**“一”**好");
        shows("<p><em>値（あたい）</em>は</p>", "*値（あたい）*は");
        shows("<p><strong>이름(name)</strong>은</p>", "**이름(name)**은");
        shows("<p>这<strong>《书》</strong>好，<del>“旧”</del>新</p>", "这**《书》**好，~~“旧”~~新");
        shows("<p>คือ<strong>“ก”</strong>นะ</p>", "คือ**“ก”**นะ");
    }

    @Test
    void emphasisElsewhereIsThatOfCommonMark() {
        shows("<p>**a (b)**c *a*b a_b_c</p>".replace("*a*b", "<em>a</em>b"), "**a (b)**c *a*b a_b_c");
        shows("<p><em><strong>a</strong></em> <strong>b <em>c</em></strong></p>", "***a*** **b *c***");
        shows("<p>*<em>a</em> 2 * 3 * 4 _ b</p>", "**a* 2 * 3 * 4 _ b");
        shows("<p><em>a <em><em>b</em> c</em></em> <em>d __e</em> f__</p>", "*a **b* c** *d __e* f__");
        shows("<p><a href=\"http://x\"><em>a</em> *b</a>*</p>", "[*a* *b](http://x)*");
    }

    @Test
    void aBareLinkEndsWhereTheSentenceDoes() {
        String to = link("https://x.example/a");
        shows(
                "<p>看" + to + "。再（" + to + "）“" + to + "”，</p>",
                "看https://x.example/a。再（https://x.example/a）“https://x.example/a”，");
        shows(
                "<p>" + to + "؟ " + to + "। " + to + "።</p>",
                "https://x.example/a؟ https://x.example/a। https://x.example/a።");
        shows(
                "<p>«" + to + "» ‘" + to + "’ „" + to + "“ '" + to + "'.</p>",
                "«https://x.example/a» ‘https://x.example/a’ „https://x.example/a“ 'https://x.example/a'.");
        shows("<p>「" + to + "」、" + to + "！</p>", "「https://x.example/a」、https://x.example/a！");
    }

    @Test
    void aBareLinkEndsBeforeTheMarksOfEmphasis() {
        String to = link("https://x.example/a");
        shows(
                "<p><strong>" + to + "</strong> <em>" + to + "</em>, " + to + "*</p>",
                "**https://x.example/a** *https://x.example/a*, https://x.example/a*");
        shows("<p><strong>见" + to + "</strong>。</p>", "**见https://x.example/a**。");
    }

    @Test
    void aBareLinkKeepsTheLettersOfItsName() {
        shows("<p>" + link("https://x.example/wiki/日本_(a)") + "。</p>", "https://x.example/wiki/日本_(a)。");
        shows("<p>" + link("https://x.example/Col·lecció") + "·</p>", "https://x.example/Col·lecció·");
        shows("<p>" + link("https://x.example/a–b") + "</p>", "https://x.example/a–b");
    }

    @Test
    void aLineThatBeginsWithATagHidesNothingAfterIt() {
        for (String tag :
                new String[] {"<div>", "<!-- a", "<?php b", "<![CDATA[ c", "<!X", "<pre>", "<script>", "<style>", "</a>"
                }) {
            String text = tag.replace("<", "&lt;").replace(">", "&gt;");
            shows("<p>" + text + "&#10;<em>b</em></p><h2>c</h2>", tag + "\n*b*\n\n## c");
            shows("<ul><li><p>" + text + "</p></li><li><p><strong>b</strong></p></li></ul>", "- " + tag + "\n- **b**");
        }
    }

    @Test
    void fewTagsMeanSomethingAndOnlyInPairs() {
        shows(
                "<p>H<sub>2</sub>O and x<sup>2</sup>, <kbd>Esc</kbd></p>",
                "H<sub>2</sub>O and x<sup>2</sup>, <kbd>Esc</kbd>");
        shows("<p>a<br>b<br>c</p>", "a<br>b<BR />c");
        shows("<p><sub>a <em>b</em></sub></p>", "<sub class=\"x\">a *b*</sub>");
        shows("<p>&lt;sub&gt;a &lt;/sup&gt; b</p>", "<sub>a </sup> b");
        shows("<p><em>a &lt;sub&gt;b</em> c&lt;/sub&gt;</p>", "*a <sub>b* c</sub>");
        shows("<p>&lt;u&gt;a&lt;/u&gt;</p>", "<u>a</u>");
    }

    @Test
    void detailsFoldBlocksUnderASummary() {
        String fold =
                "<details><summary>More <strong>b</strong></summary><p>one</p><ul><li><p>two</p></li></ul></details>";
        shows(fold + "<p>after</p>", "<details>\n<summary>More **b**</summary>\n\none\n\n- two\n\n</details>\n\nafter");
        shows(
                fold + "<p>after</p>",
                "<details open class=\"x\"><summary id=y>More **b**</summary>\none\n- two\n</details>\nafter");
        shows("<details><summary>a</summary><p>b</p></details><p>c</p>", "<details><summary>a</summary>b</details>\nc");
        shows("<details><summary>a&#10;b</summary><p>c</p></details>", "<details>\n<summary>a\nb</summary>\nc");
        shows(
                "<details><p>a</p><details><p>b</p></details><p>c</p></details><p>d</p>",
                "<details>\na\n\n<details>\nb\n</details>\nc\n</details>\nd");
        shows(
                "<ol><li><p>a</p><details><summary>b</summary><p>c</p></details></li><li><p>d</p></li></ol>",
                "1. a\n   <details>\n   <summary>b</summary>\n\n   c\n   </details>\n2. d");
    }

    @Test
    void tagsOfDetailsWithoutTheirOthersAreText() {
        shows("<p>&lt;/details&gt;</p><p>&lt;summary&gt;a&lt;/summary&gt;</p>", "</details>\n\n<summary>a</summary>");
        shows("<p>a &lt;details&gt; b</p>", "a <details> b");
        shows(
                "<details><p>a</p><p>&lt;summary&gt;b&lt;/summary&gt;</p></details>",
                "<details>\na\n\n<summary>b</summary>");
    }

    @Test
    void aPipeInCodeOrInAFormulaDividesNoCell() {
        String head = "| a | b |\n|---|---|\n";
        shows(table("<td><code>p|q</code></td><td>2</td>"), head + "| `p|q` | 2 |");
        shows(table("<td><code>p||q</code></td><td><code>`|</code></td>"), head + "| `p||q` | `` `| `` |");
        shows(
                table("<td>" + FORMULA + "|x|</span></td><td>\\(|</td>").replace("\\(|", "(|"),
                head + "| $|x|$ | \\(\\| |");
        shows(table("<td><code>p|q</code></td><td>2|3</td>"), head + "| `p\\|q` | 2\\|3 |");
        shows(table("<td>`</td><td>`</td>"), head + "| ` | ` |");
        shows(table("<td>one<br>two</td><td>x<sup>2</sup></td>"), head + "| one<br>two | x<sup>2</sup> |");
    }

    private static String table(String row) {
        return "<div class=\"table\" tabindex=\"0\"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr>"
                + row + "</tr></tbody></table></div>";
    }

    @Test
    void aWideTableIsNotLargerThanItsText() {
        String narrow = "|a".repeat(100) + "|\n" + "|-".repeat(100) + "|\n" + "|a\n".repeat(2000);
        String wide = "|a".repeat(2000) + "|\n" + "|-".repeat(2000) + "|\n" + "|a\n".repeat(2000);
        assertTrue(Markdown.html(narrow).contains("<td>"));
        assertFalse(Markdown.html(wide).contains("<td>"));
        for (String text : new String[] {narrow, wide}) {
            assertTrue(Markdown.html(text).length() < 60 * text.length());
            LiveMarkdown live = new LiveMarkdown("r12-1");
            live.append(text);
            live.end();
            assertEquals(Markdown.html(text), live.html());
        }
    }

    @Test
    void linesOfChineseAndJapaneseJoinWithoutABlank() {
        shows("<p>一二</p>", "一\n二");
        shows("<p><strong>一。</strong>二&#10;b 한&#10;국</p>", "**一。**\n二\nb 한\n국");
    }

    @Test
    void whatIsOpenAtTheEndBecomesNoHeading() {
        shows("<p>Intro&#10;-</p>", "Intro\n-");
        shows("<p>Intro&#10;---</p>", "Intro\n---");
        shows("<p>Intro&#10;=</p>", "Intro\n= ");
        shows("<ol><li><p>one&#10;-</p></li></ol>", "1. one\n   -");
        shows("<blockquote><p>a&#10;--</p></blockquote>", "> a\n> --");
        shows("<h2>Intro</h2>", "Intro\n---\n");
    }

    @Test
    void aNoteThatIsDefinedTwiceIsTwoNotes() {
        shows(
                "<p>a<sup>1</sup> b<sup>1</sup></p><p>c<sup>2</sup></p><section class=\"notes\"><ol>"
                        + "<li><p>One</p></li><li><p>Two</p></li></ol></section>",
                "a[^1] b[^1]\n\n[^1]: One\n\nc[^1]\n\n[^1]: Two");
        shows(
                "<p>a<sup>1</sup></p><section class=\"notes\"><ol><li><p>One</p></li></ol></section>",
                "[^1]: One\n\na[^1]");
    }

    @Test
    void blocksFollowTheDirectionOfTheirText() {
        assertEquals(
                "<p dir=\"auto\">שלום</p><ul dir=\"auto\"><li><p>א</p></li></ul><h2 dir=\"auto\">ב</h2>"
                        + "<blockquote dir=\"auto\"><p>ג</p></blockquote>",
                Markdown.html("שלום\n\n- א\n\n## ב\n\n> ג"));
    }

    @Test
    void longTextThatCannotBeCommittedIsShownInStrides() {
        for (String mark : new String[] {"<", "$", "\\(", "[a ", "*a ", "| a", "字", "$$\n", "<a b=\"", "`x\n"}) {
            String text = mark.repeat(12_000 / mark.length());
            LiveMarkdown live = new LiveMarkdown("r12-1");
            StrictPage page = new StrictPage("");
            for (int at = 0; at < text.length(); at += 400) {
                page.apply(live.append(text.substring(at, Math.min(text.length(), at + 400))));
            }
            assertEquals(live.html(), page.html(), mark);
            assertEquals(LiveMarkdown.resumed("r12-1", text).html(), page.html(), mark);
            page.apply(live.end());
            assertEquals(Markdown.html(text), page.html(), mark);
        }
    }
}
