package io.blobpath.benchmarks.redis;

import io.blobpath.benchmarks.peer.Row;
import io.blobpath.benchmarks.tree.Command;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What the server itself is good for: {@code redis-benchmark} sends the driver's script down one connection, a
 * thousand at a time, to as many buckets as the driver has.
 */
final class PipelinedScript implements AutoCloseable {
    /** Enough for a second, beside which the start of the program is nothing. */
    static final int REQUESTS = 50_000;

    private static final int PIPELINE = 1000;
    private static final int BUCKETS = 1024;

    /** The program writes a number with twelve digits in its place, below the argument of {@code -r}. */
    private static final String RANDOM = "__rand_int__";

    /** No argument of a program is any byte, so the shell makes those of the stamp and of the digest. */
    private static final String COMMAND =
            "exec redis-benchmark -h \"$1\" -p \"$2\" -c 1 -n " + REQUESTS + " -P " + PIPELINE
                    + " -r " + BUCKETS + " -q EVALSHA \"$3\" 1 {bare:" + RANDOM + "} \"$(printf '\\377%s' \"$4\")\""
                    + " \"$(printf '\\001abcdefghij0123456789" + RANDOM + "')\" \"$5" + RANDOM + "\"";

    private final BareRedis bare;
    private final Command command;

    /** Loads the script. */
    PipelinedScript(String address) throws IOException {
        bare = new BareRedis(address);
        String path = Row.of(0).path().toString();
        int colon = address.lastIndexOf(':');
        command = Command.of(
                "sh",
                "-c",
                COMMAND,
                "sh",
                address.substring(0, colon),
                address.substring(colon + 1),
                bare.script(),
                BareRedis.STAMP_TEXT,
                path.substring(0, path.length() - RANDOM.length()));
    }

    static boolean isInstalled() {
        return Command.exists("redis-benchmark");
    }

    /** Sends all requests once, to buckets that are empty. */
    String run() throws IOException, InterruptedException {
        bare.reset(IntStream.range(0, BUCKETS)
                .mapToObj(bucket -> String.format(Locale.ROOT, "{bare:%012d}", bucket))
                .toList());
        return command.output();
    }

    @Override
    public void close() {
        bare.close();
    }
}
