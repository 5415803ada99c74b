package io.blobpath.benchmarks.tree;

import io.blobpath.benchmarks.report.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** {@code index} beside {@code find}, and {@code dedupe} beside {@code hardlink} and {@code jdupes}. */
public final class TreeRun {
    /** Behind the name of a sample: the same, as time of the processors. */
    public static final String PROCESSOR = " processor";

    private static final int REPEATS = 9;

    private final Path blobpath;
    private final Path folder;
    private final Samples samples;
    private final Consumer<String> talk;

    private record Deduper(String program, Function<String, Command> command) {}

    /**
     * A run.
     *
     * @param blobpath the launcher
     * @param folder where trees are written; they are left there
     */
    public TreeRun(Path blobpath, Path folder, Samples samples, Consumer<String> talk) {
        this.blobpath = blobpath;
        this.folder = folder;
        this.samples = samples;
        this.talk = talk;
    }

    /** Measures with a tree of so many files. */
    public void measure(int files) throws IOException, InterruptedException {
        Path tree = folder.resolve("tree");
        talk.accept("writing a tree of " + files + " blobs");
        BlobTree.write(tree, files);
        Command version = Command.of(blobpath.toString(), "--version");
        version.run();
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            add("version", version.run());
        }
        Command find = Command.of("find", tree.toString(), "-type", "f", "-printf", "%s %i %n\n");
        index(tree.toString(), find);
        talk.accept("index in a warm JVM beside find");
        new EmbeddedIndex(tree, find, samples).measure();
        dedupe(tree);
    }

    private void index(String tree, Command find) throws IOException, InterruptedException {
        talk.accept("index beside find");
        find.run();
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            Command.of("rm", "-rf", tree + "/.blobpath").run();
            add("find", find.run());
            Command index = Command.of(blobpath.toString(), "index", tree, "--json");
            add("index first", index.run());
            add("index again", index.run());
        }
        Command.of("rm", "-rf", tree + "/.blobpath").run();
    }

    private void dedupe(Path tree) throws IOException, InterruptedException {
        List<Deduper> dedupers = List.of(
                new Deduper("blobpath", root -> Command.of(blobpath.toString(), "dedupe", root, "--apply", "--json")),
                new Deduper("hardlink", root -> Command.of("hardlink", "-q", "-c", root)),
                new Deduper("jdupes", root -> Command.of("jdupes", "-q", "-r", "-L", root)));
        long before = kibibytes(tree);
        for (Deduper deduper : dedupers) {
            if (!deduper.program().equals("blobpath") && !Command.exists(deduper.program())) {
                talk.accept(deduper.program() + " is not installed: left out");
                continue;
            }
            talk.accept("dedupe with " + deduper.program());
            Path copy = folder.resolve("copy");
            Command.of("cp", "-a", tree.toString(), copy.toString()).run();
            Command.of("sync").run();
            Command.of("find", copy.toString(), "-type", "f", "-printf", "%s %i %n\n")
                    .run();
            add(
                    "dedupe " + deduper.program(),
                    deduper.command().apply(copy.toString()).run());
            samples.add("saved " + deduper.program(), (double) (before - kibibytes(copy)));
            Command.of("rm", "-rf", copy.toString()).run();
        }
    }

    private void add(String name, Command.Cost cost) {
        samples.add(name, cost.millis());
        samples.add(name + PROCESSOR, cost.processorMillis());
    }

    /** Of the blobs alone: the others link equal files of every kind, and folders keep the room of names that were there once. */
    private static long kibibytes(Path tree) throws IOException, InterruptedException {
        return Command.of("find", tree.toString(), "-path", "*/blobs/*", "-type", "f", "-printf", "%i %k\n")
                .output()
                .lines()
                .distinct()
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }
}
