package app.patter.markdown;

import java.util.Set;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;
import org.jspecify.annotations.Nullable;

/** Finds formulas in one paragraph, before their backslashes and underscores mean anything else. */
final class FormulaParser implements InlineContentParser {

    /** Makes parsers for paragraphs. */
    static final InlineContentParserFactory FACTORY = new InlineContentParserFactory() {
        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('$', '\\');
        }

        @Override
        public InlineContentParser create() {
            return new FormulaParser();
        }
    };

    /** What follows the first mark of the paragraph, after the character before it. */
    private String text = "";

    private @Nullable Formulas formulas;

    /** Where this was asked last, as the parser and as the text count. */
    private @Nullable Position asked;

    private int at;

    @Override
    public @Nullable ParsedInline tryParse(InlineParserState state) {
        Scanner scanner = state.scanner();
        Position begin = scanner.position();
        if (!mayBegin(scanner)) {
            return ParsedInline.none();
        }
        scanner.setPosition(begin);
        Formulas.Place place = formulas(scanner, begin).at(at);
        if (place == null) {
            return ParsedInline.none();
        }
        scanner.setPosition(begin);
        for (int passed = at; passed < place.end(); passed++) {
            scanner.next();
        }
        String source = text.substring(place.from(), place.to());
        return ParsedInline.of(new Formula(source.strip(), place.display()), scanner.position());
    }

    /** Spares most backslashes. */
    private static boolean mayBegin(Scanner scanner) {
        if (scanner.next('$')) {
            return true;
        }
        scanner.next();
        return scanner.peek() == '(' || scanner.peek() == '[' || scanner.peek() == 'b';
    }

    private Formulas formulas(Scanner scanner, Position begin) {
        if (asked != null && formulas != null) {
            at += scanner.getSource(asked, begin).getContent().length();
            asked = begin;
            return formulas;
        }
        int before = scanner.peekPreviousCodePoint();
        StringBuilder rest = new StringBuilder().appendCodePoint(before == Scanner.END ? '\n' : before);
        at = rest.length();
        while (scanner.hasNext()) {
            rest.append(scanner.peek());
            scanner.next();
        }
        text = rest.toString();
        asked = begin;
        formulas = new Formulas(text);
        return formulas;
    }
}
