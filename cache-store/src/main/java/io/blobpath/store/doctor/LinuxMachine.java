package io.blobpath.store.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads what Linux tells in {@code /proc}, and the inodes from {@code df}, since Java has no word for them. */
final class LinuxMachine {
    private static final Path PROC = Path.of("/proc");
    private static final int DF_TOTAL = 1;
    private static final int DF_FREE = 3;

    private LinuxMachine() {}

    /** The machine below this folder. */
    static Machine read(Path root) throws IOException {
        List<String> status = Files.readAllLines(PROC.resolve("self/status"));
        FileStore store = Files.getFileStore(root);
        List<String> inodes = inodes(root);
        return new Machine(
                Integer.parseInt(words(status, "Uid:").get(0)),
                words(status, "Groups:").stream().map(Integer::valueOf).collect(Collectors.toSet()),
                Integer.parseInt(words(status, "Umask:").get(0), 8),
                number(words(Files.readAllLines(PROC.resolve("self/limits")), "Max open files"), 0),
                protectedLinks(),
                mount(root, store),
                store.getTotalSpace(),
                store.getUsableSpace(),
                number(inodes, DF_TOTAL),
                number(inodes, DF_FREE));
    }

    private static List<String> words(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .flatMap(line ->
                        Arrays.stream(line.substring(name.length()).trim().split("\\s+")))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static OptionalLong number(List<String> words, int at) {
        return at < words.size() && words.get(at).matches("\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(words.get(at)))
                : OptionalLong.empty();
    }

    private static boolean protectedLinks() throws IOException {
        try {
            return Files.readString(PROC.resolve("sys/fs/protected_hardlinks")).startsWith("1");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The last mount that the root is below; spaces in its name are escaped there, and are not looked at here. */
    private static Mount mount(Path root, FileStore store) throws IOException {
        Optional<String[]> found = Files.readAllLines(PROC.resolve("self/mounts")).stream()
                .map(line -> line.split(" "))
                .filter(parts -> parts.length > 3 && root.startsWith(parts[1]))
                .reduce((one, other) -> other[1].length() >= one[1].length() ? other : one);
        return found.map(parts -> new Mount(parts[1], parts[2], new HashSet<>(Arrays.asList(parts[3].split(",")))))
                .orElseGet(() -> new Mount(root.toString(), store.type(), Set.of()));
    }

    /** The words of the line that {@code df} prints for the folder; none if there is no such program. */
    private static List<String> inodes(Path root) throws IOException {
        Process df;
        try {
            df = new ProcessBuilder("df", "-Pi", root.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return List.of();
        }
        try (BufferedReader lines = df.inputReader(UTF_8)) {
            List<String> all = lines.lines().toList();
            return all.size() < 2 ? List.of() : List.of(all.get(1).trim().split("\\s+"));
        } finally {
            df.destroy();
        }
    }
}
