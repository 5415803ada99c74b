package io.blobpath.cli;

import io.blobpath.cache.lease.LeasePage;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.lease.Leases;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description = {
            "Lists the leases that are held: who works on what, since when, and how far it is.",
            "The time that remains is shown where the store keeps it; elsewhere a lease ends when its holder does not renew it."
        },
        footer = {"  blobpath leases --root /srv/registry", "  blobpath leases --config blobpath.json --json"})
final class LeasesCommand implements Callable<Integer> {
    private static final int PAGE = 1000;

    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Mixin
    private final LookOptions look = new LookOptions();

    private LeasesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new LeasesCommand(terminal)).addSubcommand(new LeasesBreakCommand(terminal));
    }

    /** For a screen: a name may hold anything, also what moves the cursor. */
    static String harmless(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public Integer call() throws IOException {
        List<LeasesReport.Held> held;
        try (LookOptions.Opened opened = look.open()) {
            held = all(opened.cache().leases());
        }
        if (output.json()) {
            Json.print(terminal.out(), new LeasesReport(held));
        } else {
            print(held);
        }
        return ExitCode.OK;
    }

    private static List<LeasesReport.Held> all(Leases leases) {
        List<LeasesReport.Held> all = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            LeasePage page = leases.list(token, PAGE);
            Instant now = Instant.now();
            for (LeaseState state : page.leases()) {
                all.add(LeasesReport.Held.of(state, now));
            }
            token = page.next();
        } while (token.isPresent());
        return all;
    }

    private void print(List<LeasesReport.Held> held) {
        if (held.isEmpty()) {
            terminal.out().println("no leases are held");
        }
        for (LeasesReport.Held lease : held) {
            terminal.out().println(terminal.bold(harmless(lease.name())));
            line("holder", harmless(lease.holder()));
            line("fence", Long.toString(lease.fence()));
            line("age", seconds(lease.ageMillis()));
            lease.remainingMillis().ifPresent(left -> line("remaining", seconds(left)));
            line("lease", seconds(lease.leaseMillis()));
            line("progress", Long.toString(lease.progress()));
        }
    }

    private void line(String name, String value) {
        terminal.out().printf("  %-12s %s%n", name, value);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
