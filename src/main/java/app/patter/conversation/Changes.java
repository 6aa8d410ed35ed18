package app.patter.conversation;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Messages of all branches that changed or may have.
 *
 * @param rows all rows of these messages, by message and in order; each tells its own revision
 */
public record Changes(long revision, List<Message> messages, Map<UUID, List<SegmentRow>> rows) {}
