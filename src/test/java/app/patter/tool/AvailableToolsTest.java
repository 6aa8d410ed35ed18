package app.patter.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AvailableToolsTest {

    private final AvailableTools tools = new AvailableTools();

    private void add(String name, Permission permission) {
        tools.add(name, "Title", "Description", "{}", permission, (arguments, progress) -> {
            throw new UnsupportedOperationException("nobody calls it");
        });
    }

    private List<String> names() {
        return List.copyOf(tools.byName().keySet());
    }

    @Test
    void whatMayNotBeCalledIsNotTold() {
        add("a", Permission.OFF);
        add("b", Permission.ASK);
        add("c", Permission.ALLOW);
        assertEquals(List.of("b", "c"), names());
        assertEquals(Permission.ASK, tools.byName().get("b").permission());
    }

    @Test
    void namesHoldOnlyWhatEveryProviderTakes() {
        add("s_größe.von x", Permission.ALLOW);
        assertEquals(List.of("s_gr__e_von_x"), names());
    }

    @Test
    void eachToolHasANameOfItsOwn() {
        add("x".repeat(70), Permission.ALLOW);
        add("x".repeat(80), Permission.ALLOW);
        add("a.b", Permission.ALLOW);
        add("a_b", Permission.ALLOW);
        assertEquals(List.of("x".repeat(64), "x".repeat(62) + "_2", "a_b", "a_b_2"), names());
        assertTrue(tools.byName().values().stream()
                .allMatch(tool -> names().contains(tool.tool().name())));
    }
}
