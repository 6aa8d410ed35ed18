/** What operators ask: does it live, can it serve, how does it do. */
@NullMarked
package app.patter.ops;

import org.jspecify.annotations.NullMarked;
