package app.patter.search;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/**
 * Words in lower case and without accents, of any script; where a script puts no blanks between words, its characters and
 * their pairs. No endings are taken off: people look for what they remember having read, and for its beginning.
 */
final class Terms extends Analyzer {

    private static final int SCRIPTS =
            CJKBigramFilter.HAN | CJKBigramFilter.HIRAGANA | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;

    /** Of what can be found: single characters too. */
    static final Terms OF_TEXT = new Terms(true);

    /** Of what is looked for: pairs only, where there are two. */
    static final Terms OF_QUERY = new Terms(false);

    private final boolean single;

    private Terms(boolean single) {
        this.single = single;
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = new StandardTokenizer();
        TokenStream narrow = new CJKWidthFilter(new LowerCaseFilter(words));
        return new TokenStreamComponents(words, new ASCIIFoldingFilter(new CJKBigramFilter(narrow, SCRIPTS, single)));
    }
}
