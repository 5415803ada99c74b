package io.blobpath.store.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.blobpath.store.stream.FaultyFiles.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Entries that are taken away while somebody has to do with them. */
final class InvalidationTest extends StreamTest {
    @Test
    void aDyingProducerDoesNotTakeANewerEntryWithIt() throws Exception {
        StreamCache cache = cache();
        Script old = new Script().write("old");
        StreamReader first = open(cache, old);
        read(first, 100);
        assertThat(cache.invalidate(KEY)).isTrue();
        Script young = new Script().write("young");
        StreamReader second = open(cache, young);

        old.fail(new IOException("boom"));
        assertThatExceptionOfType(StreamFailedException.class).isThrownBy(() -> read(first, 100));

        StreamReader third = open(cache, never());
        young.end();
        assertThat(readAll(second)).isEqualTo("young");
        assertThat(readAll(third)).isEqualTo("young");
        assertThat(readWhole(cache, never())).isEqualTo("young");
        assertThat(entries()).hasSize(1);
    }

    @Test
    void anInvalidatedStreamGoesOnForItsReadersAndIsNotKept() throws Exception {
        StreamCache cache = cache();
        Script script = new Script().write("one ");
        StreamReader reader = open(cache, script);

        assertThat(cache.invalidate(KEY)).isTrue();
        assertThat(cache.invalidate(KEY)).isFalse();
        script.write("two").end();

        assertThat(readAll(reader)).isEqualTo("one two");
        reader.close();
        timing.join();
        assertThat(entries()).isEmpty();
        assertThat(readWhole(cache, text("new"))).isEqualTo("new");
        assertThat(cache.invalidate(KEY)).isTrue();
        assertThat(entries()).isEmpty();
        assertThat(cache.stats().bytes()).isZero();
    }

    @Test
    void anEntryWhoseFileIsGoneIsMadeAnewAndItsReaderKeepsItsBytes() throws Exception {
        StreamCache cache = cache();
        readWhole(cache, text("first"));
        StreamReader reader = open(cache, never());
        Files.delete(entries().get(0));

        assertThat(readWhole(cache, text("second"))).isEqualTo("second");

        assertThat(readAll(reader)).isEqualTo("first");
        assertThat(readWhole(cache, never())).isEqualTo("second");
    }

    @Test
    void whatIsInvalidatedWhileItIsOpenedIsForItsOpenerAlone() throws Exception {
        readWhole(cache(), text("stored"));
        FaultyFiles files = new FaultyFiles(Fault.OPEN, 1).hanging();
        StreamCache cache = cache(StreamCacheOptions.defaults(), files);
        files.arm();
        FutureTask<String> opener = start(() -> readWhole(cache, text("mine")));
        files.awaitHang();

        assertThat(cache.invalidate(KEY)).isTrue();
        assertThat(cache.invalidate(KEY)).isFalse();
        assertThat(entries()).isEmpty();
        assertThat(readWhole(cache, text("anew"))).isEqualTo("anew");
        files.release();

        assertThat(opener.get()).isEqualTo("anew");
        assertThat(readWhole(cache, never())).isEqualTo("anew");
        assertThat(entries()).hasSize(1);
    }

    @Test
    void whatIsInvalidatedWhileItIsCreatedIsForItsCreatorAlone() throws Exception {
        FaultyFiles files = new FaultyFiles(Fault.CREATE, 1).hanging();
        StreamCache cache = cache(StreamCacheOptions.defaults(), files);
        files.arm();
        FutureTask<String> creator = start(() -> readWhole(cache, text("old")));
        files.awaitHang();

        assertThat(cache.invalidate(KEY)).isTrue();
        Script young = new Script().write("young");
        StreamReader second = open(cache, young);
        files.release();

        assertThat(creator.get()).isEqualTo("old");
        StreamReader third = open(cache, never());
        young.end();
        assertThat(readAll(second)).isEqualTo("young");
        assertThat(readAll(third)).isEqualTo("young");
        timing.join();
        assertThat(cache.stats().bytes()).isEqualTo(Files.size(entries().get(0)));
        assertThat(entries()).hasSize(1);
    }

    @Test
    void whatIsReplacedWhileItIsOpenedIsReadToItsOwnEnd() throws Exception {
        StreamCache other = cache();
        readWhole(other, text("stored"));
        FaultyFiles files = new FaultyFiles(Fault.READ, 1).hanging();
        StreamCache cache = cache(StreamCacheOptions.defaults(), files);
        files.arm();
        FutureTask<String> opener = start(() -> readWhole(cache, never()));
        files.awaitHang();

        assertThat(other.invalidate(KEY)).isTrue();
        assertThat(readWhole(other, text("another length"))).isEqualTo("another length");
        files.release();

        assertThat(opener.get()).isEqualTo("stored");
    }
}
