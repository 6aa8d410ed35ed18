package app.patter.conversation;

/** What the text of a segment is. */
public enum SegmentKind {
    REASONING,
    TEXT,
    TOOL_CALL,
    TOOL_RESULT,
    NOTICE
}
