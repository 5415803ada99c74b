package io.blobpath.lmdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.PageRequest;
import io.blobpath.cache.PathPage;
import io.blobpath.cache.ScanRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listing and promotion keep to byte order, although long paths have hashed keys. */
class LmdbOrderTest {
    private static final Digest DIGEST = Fixtures.digest(1);

    @TempDir
    Path directory;

    @RepeatedTest(10)
    void listingIsInByteOrderWhateverThePaths(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        NavigableSet<BlobPath> model = randomPaths(random);
        List<BlobPath> shuffled = shuffled(model, random);

        try (BlobPathCache cache = Fixtures.open(directory)) {
            cache.putAll(records(shuffled));
            List<BlobPath> listed = list(cache, 1 + random.nextInt(40));

            List<BlobPath> expected = new ArrayList<>(model);
            expected.remove(shuffled.get(0));
            expected.add(0, shuffled.get(0));
            assertThat(listed).as("seed %d", repetition.getCurrentRepetition()).isEqualTo(expected);
        }
    }

    @RepeatedTest(10)
    void promotionIsInByteOrderWhateverThePaths(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        NavigableSet<BlobPath> model = randomPaths(random);
        List<BlobPath> shuffled = shuffled(model, random);

        try (BlobPathCache cache = Fixtures.open(directory)) {
            cache.putAll(records(shuffled));
            BlobPath canonical = shuffled.get(0);
            while (model.size() > 1) {
                model.remove(canonical);
                BlobPath promoted = cache.remove(DIGEST, canonical).promoted().orElseThrow();

                assertThat(promoted)
                        .as("seed %d", repetition.getCurrentRepetition())
                        .isEqualTo(model.first());
                canonical = promoted;
            }
            assertThat(cache.remove(DIGEST, canonical).last()).isTrue();
        }
    }

    @Test
    void aHundredThousandLongPathsWithOneBeginningAreListedInOrder() {
        String beginning = "long/" + "x".repeat(500) + "/";
        List<BlobPath> paths = IntStream.range(0, 100_000)
                .mapToObj(i -> BlobPath.of(beginning + String.format("%06d", i)))
                .toList();

        try (BlobPathCache cache = Fixtures.open(directory)) {
            for (int from = 0; from < paths.size(); from += 10_000) {
                cache.putAll(records(paths.subList(from, from + 10_000)));
            }
            PathPage page = cache.paths(DIGEST, PageRequest.first(1000));

            assertThat(page.paths()).isEqualTo(paths.subList(0, 1000));
            page = cache.paths(DIGEST, PageRequest.first(1000).after(page.next().orElseThrow()));
            assertThat(page.paths()).isEqualTo(paths.subList(1000, 2000));
            assertThat(cache.remove(DIGEST, paths.get(0)).promoted()).contains(paths.get(1));
        }
    }

    @Test
    void aScanTellsWhetherItHasAllDuplicates() {
        List<BlobPath> paths =
                IntStream.range(0, 5).mapToObj(i -> BlobPath.of("p" + i)).toList();

        try (BlobPathCache cache = Fixtures.open(directory)) {
            cache.putAll(records(paths));

            assertThat(cache.scan(ScanRequest.first(9)).entries().get(0).complete())
                    .isFalse();
            assertThat(cache.scan(ScanRequest.first(9).withDuplicates(3))
                            .entries()
                            .get(0)
                            .complete())
                    .isFalse();
            assertThat(cache.scan(ScanRequest.first(9).withDuplicates(4))
                            .entries()
                            .get(0)
                            .complete())
                    .isTrue();
        }
    }

    /** Short and long ones, many of which share their first bytes around the limit of plain keys. */
    private static NavigableSet<BlobPath> randomPaths(Random random) {
        String[] ends = {"", "a", "aa", "b", "/a", "-", "\u00e9", "\uffee", "\ud83d\ude00"};
        NavigableSet<BlobPath> paths = new TreeSet<>();
        while (paths.size() < 120) {
            int shared = LmdbRecords.PLAIN_LIMIT - 3 + random.nextInt(6);
            String path = (random.nextBoolean() ? "s" : "t").repeat(random.nextInt(4) == 0 ? 3 : shared);
            for (int i = random.nextInt(5); i >= 0; i--) {
                path += ends[random.nextInt(ends.length)];
            }
            paths.add(BlobPath.of(path.endsWith("/") ? path + "z" : path.replace("//", "/")));
        }
        return paths;
    }

    private static List<BlobPath> shuffled(NavigableSet<BlobPath> paths, Random random) {
        List<BlobPath> list = new ArrayList<>(paths);
        Collections.shuffle(list, random);
        return list;
    }

    private static List<BlobRecord> records(List<BlobPath> paths) {
        return paths.stream().map(path -> new BlobRecord(DIGEST, path)).toList();
    }

    private static List<BlobPath> list(BlobPathCache cache, int limit) {
        List<BlobPath> all = new ArrayList<>();
        PageRequest request = PageRequest.first(limit);
        PathPage page = cache.paths(DIGEST, request);
        all.addAll(page.paths());
        while (page.next().isPresent()) {
            page = cache.paths(DIGEST, request.after(page.next().get()));
            all.addAll(page.paths());
        }
        return all;
    }
}
