package io.blobpath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Days on a small file system of their own, which is full or read-only: for {@link MachineFaultTest}, in its own mount namespace. */
final class MountedDay {
    private static final int PAGE = 4096;
    private static final String READ_ONLY = "Read-only file system";

    private final Path mount;
    private final Path root;

    private MountedDay(Path mount) throws IOException {
        this.mount = mount;
        this.root = Files.createDirectory(mount.resolve("root"));
    }

    /** An empty folder to mount to, the kind of fault, and what the fault needs to know. */
    public static void main(String[] args) throws Exception {
        Path mount = Path.of(args[0]);
        if (!mount("-t", "tmpfs", "-o", "size=2m,mode=700", "blobpath", mount.toString())) {
            throw new IllegalStateException("cannot mount");
        }
        MountedDay day = new MountedDay(mount);
        switch (args[1]) {
            case "full" -> day.full(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            case "read-only" -> day.readOnly(Path.of(args[2]), Integer.parseInt(args[3]));
            default -> throw new IllegalArgumentException(args[1]);
        }
        System.exit(0);
    }

    /** The file system has room for so many pages, from none to enough: for a store that is there, and for a new one. */
    private void full(int stride, int strideOfNew) throws IOException {
        try (FaultyDay day = new FaultyDay(root)) {
            require(day.rest(), day);
            boolean enough = false;
            for (int pages = 0; !enough; pages += stride) {
                require(day.next(), day);
                fill(pages);
                enough = day.rest();
                Files.delete(ballast());
            }
            require(day.rest(), day);
            assertSaid(day, "make room");
            day.assertFinishes();
        }
        boolean enough = false;
        for (int pages = 0; !enough; pages += strideOfNew) {
            Path fresh = Files.createDirectory(mount.resolve("new"));
            fill(pages);
            try (FaultyDay day = new FaultyDay(fresh)) {
                enough = day.rest();
                Files.delete(ballast());
                require(day.rest(), day);
                assertThat(enough || !day.failures().isEmpty()).isTrue();
                day.assertFinishes();
            }
            FileTree.delete(fresh);
        }
    }

    /** The file system becomes read-only: before the work, with the cache on it; and amid the work, with a cache elsewhere. */
    private void readOnly(Path config, int rounds) throws IOException, InterruptedException {
        try (FaultyDay day = new FaultyDay(root)) {
            require(day.rest(), day);
            day.close();
            // A page of a closed cache stays mapped until its buffer is collected.
            System.gc();
            assertThat(remount("ro")).isTrue();
            assertThat(day.rest()).isFalse();
            assertThat(day.failures()).hasSize(5);
            assertThat(remount("rw")).isTrue();
            require(day.rest(), day);
            assertSaid(day, READ_ONLY);
            day.assertFinishes();
        }
        try (FaultyDay day = new FaultyDay(root, config)) {
            require(day.command("index"), day);
            for (int i = 0; i < rounds; i++) {
                for (int step = 0; step < i; step++) {
                    require(day.next(), day);
                }
                // It is refused as long as a file is open for writing, which makes the moment a random one.
                Thread remounting = new Thread(this::remountInTime);
                remounting.start();
                boolean well = true;
                while (well) {
                    well = day.next();
                }
                remounting.join();
                assertThat(remount("rw")).isTrue();
            }
            assertSaid(day, READ_ONLY);
            day.assertFinishes();
        }
    }

    private void remountInTime() {
        try {
            while (!remount("ro")) {
                Thread.onSpinWait();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean remount(String how) throws IOException, InterruptedException {
        return mount("-o", "remount," + how, mount.toString());
    }

    private static void require(boolean well, FaultyDay day) {
        assertThat(well).as("%s", day.failures()).isTrue();
    }

    private static void assertSaid(FaultyDay day, String words) {
        assertThat(day.failures())
                .isNotEmpty()
                .allMatch(said -> said.contains(words) || said.contains("no repository below it"));
    }

    private Path ballast() {
        return mount.resolve("ballast");
    }

    /** Leaves so much room. */
    private void fill(int pages) throws IOException {
        long room = Files.getFileStore(mount).getUsableSpace() - (long) pages * PAGE;
        try (OutputStream out = Files.newOutputStream(ballast())) {
            for (long left = room; left > 0; left -= PAGE) {
                out.write(new byte[PAGE]);
            }
        }
        assertThat(Files.getFileStore(mount).getUsableSpace()).isEqualTo((long) pages * PAGE);
    }

    private static boolean mount(String... options) throws IOException, InterruptedException {
        String[] command = new String[options.length + 1];
        command[0] = "mount";
        System.arraycopy(options, 0, command, 1, options.length);
        return new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
