package io.blobpath.dynamodb;

import static io.blobpath.dynamodb.Fixture.digest;
import static io.blobpath.dynamodb.Fixture.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.cache.BlobPathCache;
import io.blobpath.cache.BlobRecord;
import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.ScanPage;
import io.blobpath.cache.ScanRequest;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A scan leaves the table's capacity to others. */
class DynamoDbScanTest {
    private static final int DIGESTS = 60;
    private static final Pattern LIMIT = Pattern.compile("\"Limit\":([0-9]+)");
    private static final Pattern UNITS = Pattern.compile("\"CapacityUnits\":([0-9.]+)");

    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void noRequestReadsMoreThanAPage() {
        BlobPathCache cache = filled(fixture.table().scanning(fixture.proxy().endpoint(), 7, 0));

        assertThat(scanned(cache)).isEqualTo(DIGESTS);

        assertThat(scans())
                .allSatisfy(scan -> assertThat(first(LIMIT, scan.request())).isBetween(1.0, 7.0));
    }

    @Test
    void scansKeepToTheirRate() {
        int unitsPerSecond = 10;
        BlobPathCache cache = filled(fixture.table().scanning(fixture.proxy().endpoint(), 1000, unitsPerSecond));
        long start = System.nanoTime();

        assertThat(scanned(cache)).isEqualTo(DIGESTS);

        Duration took = Duration.ofNanos(System.nanoTime() - start);
        List<FaultProxy.Call> scans = scans();
        double earned = scans.subList(0, scans.size() - 1).stream()
                .mapToDouble(scan -> first(UNITS, scan.response()))
                .sum();
        assertThat(took.toMillis()).isGreaterThanOrEqualTo((long) (earned / unitsPerSecond * 1000) - 1);
    }

    private BlobPathCache filled(DynamoDbOptions options) {
        BlobPathCache cache = fixture.open(CacheConfig.of(options));
        cache.putAll(IntStream.range(0, DIGESTS)
                .mapToObj(number -> new BlobRecord(digest(number), path("a")))
                .toList());
        return cache;
    }

    private static int scanned(BlobPathCache cache) {
        ScanPage page = cache.scan(ScanRequest.first(100));
        int scanned = page.entries().size();
        while (page.next().isPresent()) {
            page = cache.scan(ScanRequest.first(100).after(page.next().get()));
            scanned += page.entries().size();
        }
        return scanned;
    }

    private List<FaultProxy.Call> scans() {
        return fixture.proxy().calls().stream()
                .filter(call -> call.operation().equals("Scan"))
                .toList();
    }

    private static double first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).isTrue();
        return Double.parseDouble(matcher.group(1));
    }
}
