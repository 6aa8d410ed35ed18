/** The way to a model server over HTTP: connection, framing of event streams and JSON Lines, retry hints. Knows no dialect. */
@NullMarked
package app.patter.provider.http;

import org.jspecify.annotations.NullMarked;
