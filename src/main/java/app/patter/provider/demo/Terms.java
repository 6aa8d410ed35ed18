package app.patter.provider.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.core.TypeTokenFilter;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Splits text into the terms that are compared in a search: words in lower case, without accents and common endings; pairs
 * of characters where a script puts no blanks between words. Nobody says in which language a text is, so English and
 * German endings are taken off in turn; only what becomes equal matters. Threads may share one.
 */
final class Terms extends Analyzer {

    /** Of whole texts. */
    static final Terms ALL = new Terms(CharArraySet.EMPTY_SET);

    /** Of questions: without the words that say nothing about their subject. */
    static final Terms TELLING = new Terms(stopWords());

    private static final int PAIRS = CJKBigramFilter.HAN | CJKBigramFilter.KATAKANA | CJKBigramFilter.HANGUL;

    /** In Japanese, what stands in Hiragana between other characters is mostly grammar. */
    private static final Set<String> GRAMMAR = Set.of(StandardTokenizer.TOKEN_TYPES[StandardTokenizer.HIRAGANA]);

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private final CharArraySet stopWords;

    private Terms(CharArraySet stopWords) {
        this.stopWords = stopWords;
    }

    private static CharArraySet stopWords() {
        String words = "a an and are as at be by can could did do does for from had has have"
                + " how i if in into is it its me my no not of on or our please should so some tell that the their"
                + " them then there these they this those to was we were what when where which who whom whose why"
                + " will with would you your about say says said explain describe find show give mean means any"
                + " aber als am an auf aus bei bin bis bitte da das dass dem den denn der des die doch du durch ein"
                + " eine einem einen einer eines er es fuer für hat habe haben ich ihr im in ist ja kann kein keine"
                + " man mein mir mit nach nicht noch nur ob oder sagt sich sie sind so soll um und uns von vom war"
                + " warum was wenn wer werden wie wieso will wir wird wo woher zu zum zur über ueber steht gibt happen"
                + " happens happened passiert";
        return CharArraySet.unmodifiableSet(new CharArraySet(List.of(words.split(" ")), false));
    }

    @Override
    protected TokenStreamComponents createComponents(String field) {
        Tokenizer words = new StandardTokenizer();
        TokenStream terms = new CJKBigramFilter(new CJKWidthFilter(new LowerCaseFilter(words)), PAIRS);
        if (!stopWords.isEmpty()) {
            terms = new StopFilter(new TypeTokenFilter(terms, GRAMMAR), stopWords);
        }
        terms = new PorterStemFilter(terms);
        terms = new GermanLightStemFilter(new GermanNormalizationFilter(terms));
        return new TokenStreamComponents(words, new ASCIIFoldingFilter(terms));
    }

    /** The terms of a text, in order. */
    List<String> in(String text) {
        List<String> found = new ArrayList<>();
        try (TokenStream terms = tokenStream("", text)) {
            CharTermAttribute term = terms.addAttribute(CharTermAttribute.class);
            terms.reset();
            while (terms.incrementToken()) {
                found.add(term.toString());
            }
            terms.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a text in memory
        }
        return found;
    }

    /** The words of a question that say something, each once, as they were written. */
    static List<String> tellingAsWritten(String question) {
        return NO_WORD.splitAsStream(question)
                .filter(word -> !word.isEmpty() && !TELLING.stopWords.contains(word.toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
    }
}
