package app.patter.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SequenceRangeTest {

    @Test
    void whatIsTogetherIsOneRange() {
        assertEquals(List.of(), SequenceRange.of(List.of()));
        assertEquals(List.of(new SequenceRange(7, 7)), SequenceRange.of(List.of(7L)));
        assertEquals(List.of(new SequenceRange(3, 5)), SequenceRange.of(List.of(5L, 3L, 4L)));
    }

    @Test
    void otherAnswersBetweenAreReadAlongButNotMany() {
        assertEquals(List.of(new SequenceRange(1, 8)), SequenceRange.of(List.of(1L, 2L, 7L, 8L)));
        assertEquals(
                List.of(new SequenceRange(1, 2), new SequenceRange(8, 9)), SequenceRange.of(List.of(1L, 2L, 8L, 9L)));
    }

    @Test
    void aLongConversationTakesFewRangesOfLimitedLength() {
        List<SequenceRange> ranges =
                SequenceRange.of(LongStream.rangeClosed(1, 10_000).boxed().toList());
        assertEquals(40, ranges.size());
        assertTrue(ranges.stream().allMatch(range -> range.last() - range.first() < 256));
    }

    @Test
    void eachNumberIsInExactlyOneRange() {
        Random random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            TreeSet<Long> numbers = new TreeSet<>();
            for (int j = random.nextInt(600); j > 0; j--) {
                numbers.add(1L + random.nextInt(1 + random.nextInt(2_000)));
            }
            List<SequenceRange> ranges = SequenceRange.of(numbers);
            numbers.forEach(number -> assertEquals(
                    1,
                    ranges.stream()
                            .filter(range -> range.first() <= number && number <= range.last())
                            .count()));
        }
    }
}
