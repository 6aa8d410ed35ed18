package app.patter.cluster;

/** It is time to look whether administrators have changed anything, on whatever node; once a second. */
public record ConfigurationTick() {}
