package io.blobpath.cli;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.index.IndexOptions;
import io.blobpath.store.index.IndexReport;
import io.blobpath.store.index.Indexer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = "Records which blobs are on disk, and forgets those that are gone.",
        footer = {"  blobpath index /srv/registry", "  blobpath index /srv/registry --verify --json"})
final class IndexCommand extends StoreCommand {
    @Option(names = "--verify", description = "Read every blob and compare it with its digest.")
    private boolean verify;

    IndexCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    String task() {
        return verify ? "index --verify" : "index";
    }

    @Override
    boolean changes() {
        return true;
    }

    @Override
    int run(StoreRoot store, BlobPathCache cache, StoreListener listener) {
        IndexReport report = new Indexer(store, cache, listener)
                .index(IndexOptions.defaults().withVerify(verify));
        if (output.json()) {
            Json.print(terminal.out(), report);
        } else {
            new ReportText(terminal).index(report);
        }
        return exitCode(report.problems());
    }
}
