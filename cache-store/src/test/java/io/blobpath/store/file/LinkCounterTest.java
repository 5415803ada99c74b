package io.blobpath.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LinkCounterTest {
    @Test
    void countsLikeAMap() {
        long seed = System.nanoTime();
        System.out.println("LinkCounterTest seed " + seed);
        Random random = new Random(seed);
        LinkCounter counter = new LinkCounter();
        Map<FileKey, Integer> expected = new HashMap<>();

        for (int i = 0; i < 50_000; i++) {
            FileKey key = new FileKey(random.nextInt(2), 1 + random.nextInt(20_000));

            assertThat(counter.meet(key)).isEqualTo(expected.merge(key, 1, Integer::sum));
        }
    }
}
