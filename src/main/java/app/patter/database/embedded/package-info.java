/** What only the embedded database needs: upgrades on a copy, compaction. */
@NullMarked
package app.patter.database.embedded;

import org.jspecify.annotations.NullMarked;
