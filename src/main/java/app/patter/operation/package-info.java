/** What operators ask: does it live, can it serve, how does it do. */
@NullMarked
package app.patter.operation;

import org.jspecify.annotations.NullMarked;
