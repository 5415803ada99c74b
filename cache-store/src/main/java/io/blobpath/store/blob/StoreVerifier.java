package io.blobpath.store.blob;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.store.ProblemKind;
import io.blobpath.store.ProblemLog;
import io.blobpath.store.StoreLayout;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StorePhase;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.walk.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Tells whether a store is whole, the cheap things first: whether every manifest and all that it refers to is there, with the
 * size and type that is said; whether every record of the cache has its file; whether the bytes of the blobs match their names.
 * It changes nothing, neither files nor records.
 *
 * <p>Safe at any time beside publishers and collectors. A repository whose index changed while it had problems is looked at
 * again; what others do to it all the time may be told as it was.
 */
public final class StoreVerifier {
    private final StoreRoot root;
    private final BlobPathCache cache;
    private final StoreListener listener;
    private final LongSupplier nanos;

    /** A verifier of the store at the root. The cache stays open. */
    public StoreVerifier(StoreRoot root, BlobPathCache cache, StoreListener listener) {
        this(root, cache, listener, System::nanoTime);
    }

    StoreVerifier(StoreRoot root, BlobPathCache cache, StoreListener listener, LongSupplier nanos) {
        this.root = root;
        this.cache = cache;
        this.listener = listener;
        this.nanos = nanos;
    }

    /**
     * Verifies. Memory has the manifests of one repository, and a number for each file that has several names.
     *
     * @throws io.blobpath.cache.BlobPathCacheException if the cache failed
     * @throws io.blobpath.store.StoreInterruptedException if the thread was interrupted
     */
    public VerifyReport verify(VerifyOptions options) {
        long start = nanos.getAsLong();
        ProblemLog problems = new ProblemLog(listener);
        VerifyTally tally = new VerifyTally();
        List<Path> layouts = layouts(problems);
        if (layouts.isEmpty()) {
            problems.report("", ProblemKind.NO_REPOSITORY, "no OCI image layout found: is it mounted?");
        }
        follow(layouts, tally, problems);
        tally.records(new RecordCheck(root, cache, problems, listener).check());
        read(options, start, tally, problems);
        return tally.report(layouts.size(), problems.problems());
    }

    private void follow(List<Path> layouts, VerifyTally tally, ProblemLog problems) {
        listener.started(StorePhase.STRUCTURE, OptionalLong.of(layouts.size()));
        for (Path layout : layouts) {
            ManifestCheck check = ManifestCheck.of(root, layout);
            check.problems().forEach(each -> problems.report(each.path(), each.kind(), each.detail()));
            tally.followed(check.manifests(), check.references());
            listener.advanced(StorePhase.STRUCTURE, 1, 0);
        }
        listener.finished(StorePhase.STRUCTURE);
    }

    private void read(VerifyOptions options, long start, VerifyTally tally, ProblemLog problems) {
        listener.started(StorePhase.READ, OptionalLong.empty());
        try (Workers workers = new Workers("verify", options.threads())) {
            new BlobReading(root, options, tally, problems, listener, () -> nanos.getAsLong() - start).read(workers);
        }
        listener.finished(StorePhase.READ);
    }

    private List<Path> layouts(ProblemLog problems) {
        List<Path> layouts = new ArrayList<>();
        try {
            // The root may be a layout itself.
            if (!root.files().isGone(root.path().resolve(StoreLayout.MARKER))) {
                layouts.add(root.path());
            }
            RepositoryTree.names(root).forEach(name -> layouts.add(root.path().resolve(name.value())));
        } catch (IOException e) {
            problems.report("", ProblemKind.UNREADABLE, e + "; manifests are not followed; run as a user who may");
        }
        return layouts;
    }
}
