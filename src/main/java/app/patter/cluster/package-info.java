/** The nodes that share a database: who is alive, and what tells them that something changed. */
@NullMarked
package app.patter.cluster;

import org.jspecify.annotations.NullMarked;
