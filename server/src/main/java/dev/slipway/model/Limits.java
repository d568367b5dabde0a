package dev.slipway.model;

/**
 * What one sandbox may use.
 *
 * @param memoryBytes resident memory, the writable layer included
 * @param processes processes and threads
 * @param cpus processors, fractions allowed; 0 for no limit
 * @param layerBytes the writable layer over the release's tree
 */
public record Limits(long memoryBytes, int processes, double cpus, long layerBytes) {

    public static final long MIB = 1024L * 1024;

    /** What a process gets unless its app says otherwise. */
    public static final Limits PROCESS = new Limits(1024 * MIB, 2048, 0, 256 * MIB);

    /** What a build gets. */
    public static final Limits BUILD = new Limits(4096 * MIB, 4096, 0, 0);
}
