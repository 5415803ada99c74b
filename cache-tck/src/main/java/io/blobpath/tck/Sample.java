package io.blobpath.tck;

import io.blobpath.cache.BlobPath;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.Digest;
import io.blobpath.cache.DigestAlgorithm;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Digests and paths to test with, the same in every run. */
final class Sample {
    /** The order of the UTF-8 bytes, compared unsigned: what the rules mean, without the help of the code under test. */
    static final Comparator<BlobPath> BYTE_ORDER = Comparator.comparing(BlobPath::utf8, Arrays::compareUnsigned);

    private Sample() {}

    static Digest digest(int number) {
        return digest(DigestAlgorithm.SHA256, number);
    }

    static Digest digest(DigestAlgorithm algorithm, int number) {
        byte[] bytes = new byte[algorithm.length()];
        new Random(number).nextBytes(bytes);
        return Digest.of(algorithm, bytes);
    }

    /** Digests of all algorithms in turn. */
    static List<Digest> digests(int count) {
        DigestAlgorithm[] algorithms = DigestAlgorithm.values();
        return IntStream.range(0, count)
                .mapToObj(number -> digest(algorithms[number % algorithms.length], number))
                .toList();
    }

    static BlobPath path(String text) {
        return BlobPath.of(text);
    }

    static List<BlobPath> paths(String... texts) {
        return Arrays.stream(texts).map(BlobPath::of).toList();
    }

    /** The first, and then the others in byte order: how a listing has them. */
    static List<BlobPath> listed(List<BlobPath> asPut) {
        return Stream.concat(asPut.stream().limit(1), asPut.stream().skip(1).sorted(BYTE_ORDER))
                .toList();
    }

    static List<BlobRecord> records(Digest digest, List<BlobPath> paths) {
        return paths.stream().map(path -> new BlobRecord(digest, path)).toList();
    }

    static List<BlobRecord> records(Digest digest, String... paths) {
        return records(digest, paths(paths));
    }

    static List<BlobRecord> records(List<Digest> digests, BlobPath path) {
        return digests.stream().map(digest -> new BlobRecord(digest, path)).toList();
    }
}
