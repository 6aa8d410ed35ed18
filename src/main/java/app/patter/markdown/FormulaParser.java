package app.patter.markdown;

import java.util.Set;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;
import org.jspecify.annotations.Nullable;

/** Finds formulas in a line, before their backslashes and underscores mean anything else. */
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

    @Override
    public @Nullable ParsedInline tryParse(InlineParserState state) {
        Scanner scanner = state.scanner();
        Position begin = scanner.position();
        int before = scanner.peekPreviousCodePoint();
        String text = before == Scanner.END ? " " : Character.toString(before);
        int at = text.length();
        text += ahead(scanner);
        Formula.Place place = Formula.at(text, at);
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

    /** The text that a formula may be in; nothing if it cannot begin here, which spares most backslashes. */
    private static String ahead(Scanner scanner) {
        StringBuilder text = new StringBuilder();
        text.append(scanner.peek());
        scanner.next();
        if (text.charAt(0) == '\\' && scanner.peek() != '(' && scanner.peek() != '[') {
            return text.toString();
        }
        while (scanner.hasNext() && text.length() < Formula.LONGEST + 4) {
            text.append(scanner.peek());
            scanner.next();
        }
        return text.toString();
    }
}
