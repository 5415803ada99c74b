package io.blobpath.store.doctor;

import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks at the folders, files and file system of a store for what will make trouble, before it does. It changes nothing, and reads
 * indexes and no blobs; each blob is asked for its state, so a million of them take as long as an index run. Linux only.
 */
public final class StoreDoctor {
    private final StoreRoot root;
    private final StoreListener listener;

    /** Of the store at the root. */
    public StoreDoctor(StoreRoot root, StoreListener listener) {
        this.root = root;
        this.listener = listener;
    }

    /** Looks; one result for each check, always in the same order. */
    public List<CheckResult> examine() throws IOException {
        return examine(LinuxMachine.read(root.path()), Clock.systemUTC());
    }

    List<CheckResult> examine(Machine machine, Clock clock) throws IOException {
        Examination examination =
                new Examination(root, new Surveyor(root, listener).survey(), machine, clock.instant());
        return checks().map(check -> check.run(examination)).toList();
    }

    static Stream<Check> checks() {
        return Stream.of(AccessChecks.ALL, FileSystemChecks.ALL, TreeChecks.ALL, LeftoverChecks.ALL)
                .flatMap(List::stream);
    }
}
