package app.patter.upstream;

/**
 * What is known of a question when its answer is read.
 *
 * @param source where the answer comes from: dialect, server and model; marks its {@link NativeTurn}
 * @param mark the prompt's; keeps the ids apart that are made up for tool calls without one
 * @param faults what can go wrong on the way
 */
record Asked(String source, String mark, Faults faults) {}
