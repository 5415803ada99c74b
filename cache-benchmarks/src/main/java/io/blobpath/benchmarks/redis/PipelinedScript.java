package io.blobpath.benchmarks.redis;

import io.blobpath.benchmarks.peer.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server itself is good for: {@code redis-benchmark} sends the driver's script down one connection, a
 * thousand at a time.
 */
final class PipelinedScript {
    private static final Pattern RATE = Pattern.compile("([\\d.]+) requests per second");
    private static final int REQUESTS = 200_000;
    private static final int PIPELINE = 1000;

    /** No argument of a program is any byte, so the shell makes those of the stamp and of the digest. */
    private static final String COMMAND =
            "exec redis-benchmark -h \"$1\" -p \"$2\" -c 1 -n " + REQUESTS + " -P " + PIPELINE
                    + " -r 1000000000 -q EVALSHA \"$3\" 1 \"$4\" \"$(printf '\\377%s' \"$5\")\""
                    + " \"$(printf '\\001abcdefghij0123456789__rand_int__')\" \"$6__rand_int__\"";

    private PipelinedScript() {}

    /** Requests a second; empty if the program is not installed. */
    static OptionalDouble measure(String address) throws IOException, InterruptedException {
        Row row = Row.of(0);
        String path = row.path().toString();
        try (BareRedis bare = new BareRedis(address)) {
            bare.open(row);
            int colon = address.lastIndexOf(':');
            Process process = new ProcessBuilder(
                            "sh",
                            "-c",
                            COMMAND,
                            "sh",
                            address.substring(0, colon),
                            address.substring(colon + 1),
                            bare.script(),
                            BareRedis.bucket(row),
                            BareRedis.STAMP_TEXT,
                            path.substring(0, path.length() - "__rand_int__".length()))
                    .redirectErrorStream(true)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            Matcher rate = RATE.matcher(printed);
            OptionalDouble last = OptionalDouble.empty();
            while (rate.find()) {
                last = OptionalDouble.of(Double.parseDouble(rate.group(1)));
            }
            return last;
        }
    }
}
