package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.spi.PathSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Listings of a driver that promotes, loses and gains paths between any two pages. */
class PathPagesTest {
    private static final Digest DIGEST = Digest.of(DigestAlgorithm.SHA256, new byte[32]);

    @Test
    void pathsRecordedThroughoutAreListedExactlyOnce() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);

        for (int round = 0; round < 5_000; round++) {
            Changing driver = new Changing(random);
            Set<BlobPath> throughout = new TreeSet<>(driver.paths);
            List<BlobPath> listed = new ArrayList<>();
            PageRequest request = PageRequest.first(1 + random.nextInt(4));
            Optional<String> next = Optional.of("");
            while (next.isPresent()) {
                PathPage page = PathPages.read(driver, DIGEST, request);
                assertThat(page.paths()).hasSizeLessThanOrEqualTo(request.limit());
                listed.addAll(page.paths());
                next = page.next();
                request = next.map(request::after).orElse(request);
                driver.change();
                throughout.retainAll(driver.paths);
            }
            assertThat(listed)
                    .as("seed %d, round %d", seed, round)
                    .doesNotHaveDuplicates()
                    .containsAll(throughout);
        }
    }

    /** Holds some of the letters; the canonical one is any of them. */
    private static final class Changing extends FakeDriver {
        private final TreeSet<BlobPath> paths = new TreeSet<>();
        private final Random random;
        private BlobPath canonical;

        Changing(Random random) {
            this.random = random;
            for (int i = 0; i < 6; i++) {
                paths.add(letter());
            }
            canonical = any(paths);
        }

        void change() {
            BlobPath letter = letter();
            if (random.nextBoolean()) {
                paths.add(letter);
            } else if (paths.size() > 1) {
                paths.remove(letter);
                canonical = letter.equals(canonical) ? paths.first() : canonical;
            }
        }

        @Override
        public PathSlice paths(Digest digest, Optional<BlobPath> after, int limit) {
            return new PathSlice(
                    Optional.of(canonical),
                    paths.stream()
                            .filter(path -> after.isEmpty() || path.compareTo(after.get()) > 0)
                            .limit(limit)
                            .toList());
        }

        private BlobPath letter() {
            return BlobPath.of(String.valueOf((char) ('a' + random.nextInt(10))));
        }

        private BlobPath any(Collection<BlobPath> from) {
            return List.copyOf(from).get(random.nextInt(from.size()));
        }
    }
}
