/**
 * Conversations as the database holds them: a tree of messages made of segments, and the revision that every change
 * raises. Whoever changes a conversation locks its row by raising the revision first; so revisions become visible in
 * their order, and a reader that has seen revision r has seen everything up to r.
 */
@NullMarked
package app.patter.conversation;

import org.jspecify.annotations.NullMarked;
