/** What programs may do, in JSON under {@code /api/v1}; the event streams stand in {@code stream}. */
@NullMarked
package app.patter.api;

import org.jspecify.annotations.NullMarked;
