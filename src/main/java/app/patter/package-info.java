@NullMarked
package app.patter;

import org.jspecify.annotations.NullMarked;
