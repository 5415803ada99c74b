package io.blobpath.store.blob;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.Digest;
import io.blobpath.cache.lease.LeaseOptions;
import io.blobpath.cache.lease.Leases;
import io.blobpath.store.BlobInUseException;
import io.blobpath.store.BlobUnknownException;
import io.blobpath.store.StoreBusyException;
import io.blobpath.store.StoreListener;
import io.blobpath.store.StoreRoot;
import io.blobpath.store.UploadExpiredException;
import io.blobpath.store.file.FileOperations;
import io.blobpath.store.fixture.MemoryFiles;
import io.blobpath.store.fixture.Tree;
import io.blobpath.store.walk.RecordScan;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.function.UnaryOperator;

/** One run: a store in memory, some actors on nodes of their own, and what must hold whatever they do. */
final class World {
    private static final Path ROOT = Path.of("/store");
    private static final List<RepositoryName> REPOSITORIES = List.of(new RepositoryName("a"), new RepositoryName("b"));
    private static final int LAYERS = 3;
    private static final int ATTEMPTS = 10;
    private static final BlobStoreOptions OPTIONS =
            new BlobStoreOptions(LeaseOptions.DEFAULT.withPatience(Duration.ZERO), 3, Duration.ofMinutes(1));

    private final Random random;
    private final List<BlobPathCache> nodes;
    private final PassingClock clock = new PassingClock();
    private final MemoryFiles files;
    private final FileOperations seen;
    private final Contents contents;
    private final Schedule schedule;
    private final Pace.Timer timer = new CountingTimer();
    private final Map<Tag, Digest> acknowledged = new LinkedHashMap<>();
    private boolean removes;

    private record Tag(RepositoryName repository, String name) {}

    /**
     * @param nodes handles on one cache
     * @param beginning what there is; it stays as it is
     * @param flaw what is wrong with the file system as the actors see it; nothing, usually
     */
    World(long seed, List<BlobPathCache> nodes, MemoryFiles beginning, UnaryOperator<FileOperations> flaw) {
        this.random = new Random(seed);
        this.nodes = nodes;
        this.files = beginning.copy(clock);
        this.contents = new Contents(files);
        this.schedule = new Schedule(random, this::happen);
        this.seen = schedule.stepping(FileOperations.class, flaw.apply(files));
    }

    /** A store with an image and another blob in each repository, for many runs to begin with. */
    static MemoryFiles beginning(BlobPathCache cache) throws IOException {
        Clock clock = new PassingClock();
        MemoryFiles files = new MemoryFiles(clock, ROOT);
        BlobStore store = BlobStore.open(StoreRoot.open(ROOT, files), cache, BlobStoreOptions.defaults(), clock);
        for (RepositoryName repository : REPOSITORIES) {
            Images.image(store, repository, "old", "layer 0");
            Images.blob(store, repository, "layer 1");
        }
        return files;
    }

    /** Each look at it takes a part of a slice, so that runs do not depend on the machine's speed. */
    private static final class CountingTimer implements Pace.Timer {
        private long now;

        @Override
        public long nanos() {
            now += GcOptions.SLICE.toNanos() / 3;
            return now;
        }

        @Override
        public void sleep(Duration duration) {}
    }

    /**
     * Runs.
     *
     * @throws ExecutionException if an actor saw what must not be
     */
    void run(ExecutorService threads) throws IOException, InterruptedException, ExecutionException {
        wipe();
        record(nodes.get(0));
        clock.pass();
        removes = random.nextInt(4) == 0;
        for (int i = 0; i < nodes.size(); i++) {
            int node = i;
            schedule.add(() -> act(node));
        }
        schedule.run(threads);
        assertSound();
        assertCollectable();
    }

    private void act(int node) throws IOException {
        BlobPathCache cache = stepping(nodes.get(node));
        BlobStore store = BlobStore.open(StoreRoot.open(ROOT, seen), cache, OPTIONS, clock);
        int acts = 1 + random.nextInt(2);
        for (int i = 0; i < acts; i++) {
            int epoch = clock.epoch();
            try {
                act(node, i, store, cache);
            } catch (NoSuchFileException | UploadExpiredException e) {
                assertThat(epoch)
                        .as("only what is under way for longer than the grace period may be collected: %s", e)
                        .isNotEqualTo(clock.epoch());
            }
        }
    }

    private void act(int node, int i, BlobStore store, BlobPathCache cache) throws IOException {
        RepositoryName repository = REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
        switch (random.nextInt(removes ? 5 : 4)) {
            case 0, 1 -> push(store, repository, "tag-" + node + "-" + i);
            case 2 ->
                collector(StoreRoot.open(ROOT, seen), cache)
                        .collect(GcOptions.defaults().withApply(true));
            case 3 -> untag(store, repository);
            default -> remove(store, repository);
        }
    }

    /** As a client does: asks for each blob, mounts or uploads what is not there, then the manifest; and again if it must. */
    private void push(BlobStore store, RepositoryName repository, String tag) throws IOException {
        String layer = "layer " + random.nextInt(LAYERS);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int epoch = clock.epoch();
            bring(store, repository, "config");
            bring(store, repository, layer);
            try {
                Digest manifest =
                        store.putManifest(repository, ManifestReference.parse(tag), Images.manifest("config", layer));
                acknowledged.put(new Tag(repository, tag), manifest);
                return;
            } catch (BlobUnknownException e) {
                assertThat(removes || epoch != clock.epoch())
                        .as("a blob that was acknowledged is missing: %s", e.getMessage())
                        .isTrue();
            } catch (StoreBusyException e) {
                // Others are at work.
            }
        }
    }

    private void bring(BlobStore store, RepositoryName repository, String content) throws IOException {
        RepositoryName other = REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
        boolean there = switch (random.nextInt(3)) {
            case 0 -> store.stat(repository, Tree.digest(content)).isPresent();
            case 1 -> store.mount(other, repository, Tree.digest(content)).isPresent();
            default -> false;
        };
        if (!there) {
            Images.blob(store, repository, content);
        }
    }

    private static void untag(BlobStore store, RepositoryName repository) throws IOException {
        try {
            store.deleteManifest(repository, ManifestReference.parse("old"));
        } catch (StoreBusyException e) {
            // Others are at work.
        }
    }

    private void remove(BlobStore store, RepositoryName repository) throws IOException {
        try {
            store.delete(repository, Tree.digest("layer " + random.nextInt(LAYERS)));
        } catch (StoreBusyException | BlobInUseException e) {
            // Others are at work, or need it.
        }
    }

    /** Time passes, a lease ends under its holder, the cache is wiped. */
    private void happen() {
        switch (random.nextInt(8)) {
            case 0 -> clock.pass();
            case 1 -> wipe();
            default -> endLeases();
        }
        assertSound();
    }

    private void wipe() {
        new RecordScan(nodes.get(0)).forEach((entry, path) -> nodes.get(0).remove(entry.digest(), path));
        endLeases();
    }

    private void endLeases() {
        Leases leases = nodes.get(0).leases();
        leases.list(Optional.empty(), 100).leases().forEach(held -> leases.breakLease(held.name(), held.fence()));
    }

    /** Every visible manifest resolves to bytes with the right digests, and every acknowledged tag is there. */
    private void assertSound() {
        try {
            for (RepositoryName repository : REPOSITORIES) {
                RepositoryFolder folder = folder(repository);
                ImageIndex index = ImageIndex.read(files, folder.index());
                contents.needed(folder, index).forEach(digest -> contents.requireWhole(folder, digest));
                acknowledged.forEach((tag, manifest) -> {
                    if (tag.repository().equals(repository)) {
                        assertThat(index.find(ManifestReference.parse(tag.name())))
                                .as("the acknowledged %s", tag)
                                .map(ImageIndex.Entry::digest)
                                .contains(manifest);
                    }
                });
            }
        } catch (IOException e) {
            throw new AssertionError("a visible manifest is not complete: " + e, e);
        }
    }

    /** What the dead left behind goes with two later collections, if not with the first one; what is needed stays. */
    private void assertCollectable() throws IOException {
        schedule.calmDown();
        for (int i = 0; i < 2 && (i == 0 || !garbage().isEmpty()); i++) {
            clock.pass();
            GcReport report = collector(StoreRoot.open(ROOT, files), nodes.get(0))
                    .collect(GcOptions.defaults().withApply(true));
            assertThat(report.problems().total()).as("%s", report.problems()).isZero();
        }
        assertSound();
        assertThat(garbage()).isEmpty();
    }

    private List<String> garbage() throws IOException {
        List<String> garbage = new ArrayList<>(contents.names(ROOT.resolve(".blobpath/uploads")));
        for (RepositoryName repository : REPOSITORIES) {
            RepositoryFolder folder = folder(repository);
            List<String> blobs = contents.names(ROOT.resolve(repository.value()).resolve("blobs/sha256"));
            contents.needed(folder, ImageIndex.read(files, folder.index())).forEach(each -> blobs.remove(each.hex()));
            garbage.addAll(blobs);
            new Aside(StoreRoot.open(ROOT, files), repository).all().forEach(each -> garbage.add(each.toString()));
        }
        return garbage;
    }

    private RepositoryFolder folder(RepositoryName repository) {
        return new RepositoryFolder(StoreRoot.open(ROOT, files), repository);
    }

    private static void record(BlobPathCache cache) {
        for (RepositoryName repository : REPOSITORIES) {
            String manifest = Images.text(Images.manifest("config", "layer 0"));
            for (String blob : List.of("config", "layer 0", "layer 1", manifest)) {
                cache.put(Tree.digest(blob), repository.blob(Tree.digest(blob)));
            }
        }
    }

    private GarbageCollector collector(StoreRoot root, BlobPathCache cache) {
        return new GarbageCollector(root, cache, OPTIONS, StoreListener.NONE, clock, timer);
    }

    /** The cache of a node and its leases, with a step before each call. */
    private BlobPathCache stepping(BlobPathCache node) {
        BlobPathCache cache = schedule.stepping(BlobPathCache.class, node);
        Leases leases = schedule.stepping(Leases.class, node.leases());
        return (BlobPathCache) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {BlobPathCache.class}, (proxy, method, values) -> {
                    if (method.getName().equals("leases")) {
                        return leases;
                    }
                    try {
                        return method.invoke(cache, values);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
