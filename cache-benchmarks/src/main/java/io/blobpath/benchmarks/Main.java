package io.blobpath.benchmarks;

import io.blobpath.benchmarks.peer.Folders;
import io.blobpath.benchmarks.peer.LoadedStore;
import io.blobpath.benchmarks.peer.Product;
import io.blobpath.benchmarks.report.Samples;
import io.blobpath.benchmarks.store.StoreRun;
import io.blobpath.benchmarks.stream.StreamRun;
import io.blobpath.benchmarks.tree.TreeRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Measures everything and prints the table: {@code Main quick|full ROUNDS LAUNCHER LOGS}. Talk goes to stderr.
 */
final class Main {
    private final Profile profile;
    private final int rounds;
    private final Samples samples = new Samples();
    private final long start = System.nanoTime();

    private Main(Profile profile, int rounds) {
        this.profile = profile;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        Profile profile = Profile.valueOf(args[0].toUpperCase(Locale.ROOT));
        Path launcher = Path.of(args[2]).toAbsolutePath();
        Path logs = Files.createDirectories(Path.of(args[3]));
        new Main(profile, Integer.parseInt(args[1])).run(launcher, logs);
    }

    private void run(Path launcher, Path logs) throws Exception {
        Path folder = Files.createTempDirectory("blobpath-benchmarks");
        try {
            for (Product product : Product.values()) {
                talk("loading " + product.title());
                Path directory = LoadedStore.load(product, profile.size, folder);
                samples.add("disk " + product, (double) Folders.bytes(directory) / profile.size);
            }
            System.setProperty(LoadedStore.FOLDER, folder.toString());
            new StoreTurns(profile, samples, this::talk).measure(rounds);
            new Suite(profile, rounds, logs.resolve("jmh"), samples, this::talk).run();
            for (Product product : Product.values()) {
                Folders.delete(folder.resolve(LoadedStore.name(product, profile.size)));
            }
            talk("hand-off");
            HandOff.Outcome handOff = HandOff.measure(profile.handOffs);
            samples.add("hand-off p50", handOff.p50());
            samples.add("hand-off p99", handOff.p99());
            try (StreamRun streams = new StreamRun(folder, profile.streamed, samples, this::talk)) {
                streams.measure(profile.streamRounds);
            }
            new StoreRun(folder, profile.blob, profile.repositories, samples, this::talk).measure(rounds);
            new TreeRun(launcher, folder, samples, this::talk).measure(profile.files);
        } finally {
            Folders.delete(folder);
        }
        System.out.print(Comparisons.markdown(samples));
    }

    private void talk(String message) {
        System.err.printf(Locale.ROOT, "%4d s  %s%n", (System.nanoTime() - start) / 1_000_000_000, message);
    }
}
