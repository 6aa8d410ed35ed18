/**
 * The event streams: each open page is a reader with a position. A wake-up makes it take everything after its position as
 * one frame; producers never touch a connection.
 */
@NullMarked
package app.patter.stream;

import org.jspecify.annotations.NullMarked;
