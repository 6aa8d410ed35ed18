/** The registry of this node's metrics. */
@NullMarked
package app.patter.metrics;

import org.jspecify.annotations.NullMarked;
