package io.blobpath.benchmarks.peer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders as a whole. */
public final class Folders {
    private Folders() {}

    /** The length of all files in it. */
    public static long bytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path file : walk(folder)) {
            if (Files.isRegularFile(file)) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** Deletes it and all below. */
    public static void delete(Path folder) throws IOException {
        List<Path> all = walk(folder);
        for (int i = all.size() - 1; i >= 0; i--) {
            Files.delete(all.get(i));
        }
    }

    /** Copies what is in it and waits for the disk, which is then quiet for what is measured next. */
    static void copyContent(Path from, Path to) throws IOException {
        for (Path source : walk(from)) {
            Path target = to.resolve(from.relativize(source).toString());
            if (Files.isDirectory(source)) {
                Files.createDirectories(target);
            } else {
                Files.copy(source, target);
                try (FileChannel copy = FileChannel.open(target, StandardOpenOption.WRITE)) {
                    copy.force(true);
                }
            }
        }
    }

    /** Parents before their children. */
    private static List<Path> walk(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
