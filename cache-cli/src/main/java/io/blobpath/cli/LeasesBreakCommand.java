package io.blobpath.cli;

import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.lease.Leases;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "break",
        description = {
            "Takes a lease away from its holder, for when you know that the holder is gone.",
            "Answers with exit code 1 if the lease was not held, or not with this fence any more; nothing is changed then."
        },
        footer = {
            "  blobpath leases break sync/library --root /srv/registry",
            "  blobpath leases break sync/library --root /srv/registry --fence 1763722689000000"
        })
final class LeasesBreakCommand implements Callable<Integer> {
    private static final String WARNING =
            "blobpath: warning: whoever holds this lease is not stopped by this. What it writes"
                    + " to the cache under the lease is refused from now on; what it does elsewhere, such as to files, goes on, and"
                    + " the next holder may start at the same time.";

    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final LookOptions look = new LookOptions();

    @Option(
            names = "--fence",
            paramLabel = "N",
            description = "Break it only if it still has this fence, which 'blobpath leases' shows.")
    private @Nullable Long fence;

    @Option(names = "--yes", description = "Break it whatever its fence is.")
    private boolean yes;

    @Parameters(paramLabel = "NAME", description = "A digest, or another name as 'blobpath leases' shows it.")
    private @Nullable String name;

    LeasesBreakCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (name == null) {
            throw new IllegalStateException("picocli refuses a command line without NAME");
        }
        LeaseName lease = leaseName(name);
        try (LookOptions.Opened opened = look.open()) {
            Leases leases = opened.cache().leases();
            Optional<LeaseState> holder = leases.peek(lease);
            holder.ifPresent(this::describe);
            if (holder.isPresent() && fence == null && !yes) {
                throw CliException.usage("nothing was changed; to break it, add --fence "
                        + holder.get().fence() + ", or --yes to take whatever fence it has");
            }
            long meant = fence != null ? fence : holder.map(LeaseState::fence).orElse(0L);
            return tell(new LeasesReport.Broken(name, meant, holder.isPresent() && leases.breakLease(lease, meant)));
        }
    }

    /** What is a digest means the lease of that digest. */
    private static LeaseName leaseName(String text) {
        try {
            return LeaseName.of(Digest.parse(text));
        } catch (IllegalArgumentException notADigest) {
            return named(text);
        }
    }

    private static LeaseName named(String text) {
        try {
            return LeaseName.of(text);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(String.valueOf(e.getMessage()));
        }
    }

    private void describe(LeaseState state) {
        terminal.err()
                .println(LeasesCommand.harmless("blobpath: lease '" + state.name() + "' is held by " + state.holder()
                        + " since " + state.since() + ", fence " + state.fence() + ", progress " + state.progress()));
        terminal.err().println(WARNING);
    }

    private int tell(LeasesReport.Broken report) {
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            terminal.out()
                    .println(LeasesCommand.harmless("lease '" + report.name() + "' "
                            + (report.broken()
                                    ? "with fence " + report.fence() + " is free now"
                                    : fence == null ? "is not held" : "is not held with fence " + report.fence())));
        }
        return report.broken() ? ExitCode.OK : ExitCode.PROBLEMS;
    }
}
