package app.patter.conversation;

import java.util.UUID;

/** Where a new question goes in the tree of a conversation. */
public sealed interface Placement {

    /** At the end of the newest branch. */
    Placement NEWEST = new AtEnd(View.NEWEST);

    /** At the end of what a page shows, wherever that is by now. */
    record AtEnd(View view) implements Placement {}

    /** After an answer, as another version of what follows it. */
    record After(UUID answer) implements Placement {}

    /** Beside a question, as another version of it. */
    record Beside(UUID question) implements Placement {}
}
