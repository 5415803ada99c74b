package io.blobpath.benchmarks;

/** How much is measured. */
enum Profile {
    /** Shows in a few minutes that all of it works; the numbers mean little. */
    QUICK(20_000, 200, 20, 5_000, "-XX:TieredStopAtLevel=1"),
    /** What the document has. */
    FULL(1_000_000, 1000, 200, 100_000, "-XX:+TieredCompilation");

    /** Digests in each store. */
    final int size;

    /** The length of a warm-up; what is measured afterwards takes twice as long. */
    final int warmUpMillis;

    /** How often a lease is handed to the other JVM. */
    final int handOffs;

    /** Files in the tree. */
    final int files;

    /** How the JVMs of the benchmarks compile. */
    final String compiler;

    Profile(int size, int warmUpMillis, int handOffs, int files, String compiler) {
        this.size = size;
        this.warmUpMillis = warmUpMillis;
        this.handOffs = handOffs;
        this.files = files;
        this.compiler = compiler;
    }
}
