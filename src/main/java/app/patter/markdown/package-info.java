/** Turns what models and people write into safe HTML. Pure: no Jakarta types, no state but its own. */
@NullMarked
package app.patter.markdown;

import org.jspecify.annotations.NullMarked;
