package io.blobpath.tck.faulty;

import io.blobpath.cache.Secret;
import io.blobpath.cache.spi.Option;

record FaultyOptions(
        @Option("the store of the reference driver") String store,
        @Option("the name of the bug") String fault,
        @Option("a secret that no text may show") Secret password) {}
