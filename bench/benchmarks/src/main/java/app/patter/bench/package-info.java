/**
 * How fast Patter is. {@link app.patter.bench.Bench} starts a {@linkplain app.patter.bench.TokenServer model server} whose
 * tokens carry the time at which they were sent, Patter as a process, and {@linkplain app.patter.bench.Followers readers}
 * of event streams, all on loopback and by one clock. The same readers read the model server without Patter too, and
 * through a {@linkplain app.patter.bench.Relay minimal relay}, so that what Patter adds is the difference of two figures of
 * one run. Each part of it is a class that has a {@link app.patter.bench.Run}.
 */
@NullMarked
package app.patter.bench;

import org.jspecify.annotations.NullMarked;
