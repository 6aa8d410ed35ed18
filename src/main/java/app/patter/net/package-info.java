/** Facts about the network that several packages report in the same way. */
@NullMarked
package app.patter.net;

import org.jspecify.annotations.NullMarked;
