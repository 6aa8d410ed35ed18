/** People: their accounts, their log-ins, and the gate that every request passes. */
@NullMarked
package app.patter.account;

import org.jspecify.annotations.NullMarked;
