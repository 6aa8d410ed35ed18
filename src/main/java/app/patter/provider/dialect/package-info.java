/** One pair of classes per API that providers speak: one builds the request, one parses the stream. Pure. */
@NullMarked
package app.patter.provider.dialect;

import org.jspecify.annotations.NullMarked;
