package io.blobpath.cli;

import io.blobpath.cache.BlobPathCaches;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.OptionInfo;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        description = "Lists the installed drivers and the keys that a config may have for them.",
        footer = {"  blobpath drivers", "  blobpath drivers --json | jq -r '.drivers[].name'"})
final class DriversCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    DriversCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        DriversReport report = new DriversReport(
                keys(CacheConfig.commonOptions()),
                BlobPathCaches.drivers().stream()
                        .map(name -> new DriversReport.Driver(name, keys(BlobPathCaches.options(name))))
                        .toList());
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            print("keys for every driver", report.common());
            report.drivers().forEach(driver -> print("driver " + driver.name(), driver.options()));
        }
        return ExitCode.OK;
    }

    private void print(String heading, List<DriversReport.Key> keys) {
        terminal.out().println(terminal.bold(heading));
        String row = "  " + column(keys, DriversReport.Key::key) + column(keys, DriversReport.Key::type)
                + column(keys, DriversReport.Key::fallback) + "%s%n";
        for (DriversReport.Key key : keys) {
            terminal.out().printf(row, key.key(), key.type(), key.fallback(), key.description());
        }
    }

    private static String column(List<DriversReport.Key> keys, Function<DriversReport.Key, String> text) {
        return "%-" + keys.stream().map(text).mapToInt(String::length).max().orElse(1) + "s  ";
    }

    private static List<DriversReport.Key> keys(List<OptionInfo> options) {
        return options.stream()
                .map(option ->
                        new DriversReport.Key(option.key(), option.type(), option.fallback(), option.description()))
                .toList();
    }
}
