package io.blobpath.store.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the updates of these tests change: files of lines. Reading and writing a whole file is not atomic together, so every
 * update that does not hold the file's resource loses something. A file {@code alias} may name another one.
 */
record Shelf(Path folder) {
    List<String> read(String file) throws IOException {
        try {
            return new ArrayList<>(Files.readAllLines(folder.resolve(file)));
        } catch (NoSuchFileException e) {
            return new ArrayList<>();
        }
    }

    void write(String file, List<String> lines) throws IOException {
        Path temporary = Files.createTempFile(folder, file, ".tmp");
        Files.write(temporary, lines);
        Files.move(temporary, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Which files there are; a file without lines is none. */
    Set<String> files() throws IOException {
        Set<String> files = new TreeSet<>();
        try (var all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = String.valueOf(file.getFileName());
                if (!name.endsWith(".tmp") && !read(name).isEmpty()) {
                    files.add(name);
                }
            }
        }
        return files;
    }

    static Resource resource(String file) {
        return Resource.of("shelf/" + file);
    }
}
