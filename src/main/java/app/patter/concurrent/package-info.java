/** Thread pools, and helpers for work that runs on them. */
@NullMarked
package app.patter.concurrent;

import org.jspecify.annotations.NullMarked;
