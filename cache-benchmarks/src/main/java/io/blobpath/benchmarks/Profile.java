package io.blobpath.benchmarks;

/** How much is measured. */
enum Profile {
    /** Shows in a few minutes that all of it works; the numbers mean little. */
    QUICK(20_000, 200, 400, 20, 32, 1, 8, 50, 5_000, "-XX:TieredStopAtLevel=1"),
    /** What the document has. */
    FULL(1_000_000, 3000, 2000, 200, 256, 9, 64, 1000, 100_000, "-XX:+TieredCompilation");

    /** Digests in each store. */
    final int size;

    /** The length of a warm-up: enough for the last compiler to be done with a scan of all digests. */
    final int warmUpMillis;

    /** What is measured afterwards. */
    final int measuredMillis;

    /** How often a lease is handed to the other JVM. */
    final int handOffs;

    /** How large a stream is, in MiB. */
    final int streamed;

    /** How often each kind of stream is read. */
    final int streamRounds;

    /** How large a blob is that is published, in MiB. */
    final int blob;

    /** Repositories of the store that is collected. */
    final int repositories;

    /** Files in the tree. */
    final int files;

    /** How the JVMs of the benchmarks compile. */
    final String compiler;

    Profile(
            int size,
            int warmUpMillis,
            int measuredMillis,
            int handOffs,
            int streamed,
            int streamRounds,
            int blob,
            int repositories,
            int files,
            String compiler) {
        this.size = size;
        this.warmUpMillis = warmUpMillis;
        this.measuredMillis = measuredMillis;
        this.handOffs = handOffs;
        this.streamed = streamed;
        this.streamRounds = streamRounds;
        this.blob = blob;
        this.repositories = repositories;
        this.files = files;
        this.compiler = compiler;
    }
}
