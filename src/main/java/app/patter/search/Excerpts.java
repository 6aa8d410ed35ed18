package app.patter.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.jspecify.annotations.Nullable;

/** Shows where a text matches. Thread-safe. */
final class Excerpts {

    /** Of a longer text the end is not looked at. */
    private static final int LONGEST = 200_000;

    /** Characters of an excerpt, about. */
    private static final int LENGTH = 240;

    private final UnifiedHighlighter highlighter = UnifiedHighlighter.builderWithoutSearcher(Terms.OF_TEXT)
            .withFormatter(new Pieces())
            .withMaxLength(LONGEST)
            .withHandleMultiTermQuery(true)
            .withHighlightPhrasesStrictly(true)
            .build();

    /** A piece of text, which matches or stands around what does. */
    record Piece(String text, boolean match) {}

    /**
     * The passage that matches best; the beginning of the text where nothing does.
     *
     * @param wanted null if nothing is to be marked
     */
    List<Piece> of(String text, @Nullable Query wanted) {
        if (wanted != null) {
            try {
                Object found = highlighter.highlightWithoutSearcher(SearchIndex.TEXT, wanted, text, 1);
                if (found instanceof Found passage) {
                    return passage.pieces();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e); // of a text in memory
            }
        }
        return List.of(new Piece(text.substring(0, end(text, Math.min(text.length(), LENGTH))), false));
    }

    private record Found(List<Piece> pieces) {}

    private static final class Pieces extends PassageFormatter {

        @Override
        public Object format(Passage[] passages, String text) {
            if (passages.length == 0 || passages[0].getNumMatches() == 0) {
                return List.of();
            }
            Passage passage = passages[0];
            int first = passage.getMatchStarts()[0];
            int from = begin(text, Math.max(passage.getStartOffset(), first - LENGTH / 2));
            int to = end(text, Math.min(passage.getEndOffset(), from + LENGTH));
            List<Piece> pieces = new ArrayList<>();
            int at = from;
            for (int i = 0; i < passage.getNumMatches(); i++) {
                int start = Math.max(at, passage.getMatchStarts()[i]);
                int end = Math.min(to, passage.getMatchEnds()[i]);
                if (start < end) {
                    pieces.add(new Piece(text.substring(at, start), false));
                    pieces.add(new Piece(text.substring(start, end), true));
                    at = end;
                }
            }
            pieces.add(new Piece(text.substring(at, Math.max(at, to)), false));
            return new Found(
                    pieces.stream().filter(piece -> !piece.text().isEmpty()).toList());
        }
    }

    /** Not in the middle of a character. */
    private static int begin(String text, int at) {
        return at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at + 1 : at;
    }

    private static int end(String text, int at) {
        return at > 0 && Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at;
    }
}
