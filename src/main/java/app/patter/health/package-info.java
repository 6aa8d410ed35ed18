/** What operators ask: does it live, can it serve. */
@NullMarked
package app.patter.health;

import org.jspecify.annotations.NullMarked;
