package io.blobpath.store.dedupe;

import io.blobpath.store.StoreRoot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells whether a folder below the root is reached without symbolic links. A record is only a hint, and the folder that it
 * names may have become a link to elsewhere. Remembers the folders that it was asked for lately.
 */
final class RealFolders {
    private static final int REMEMBERED = 4096;

    private final StoreRoot root;
    private final Map<Path, Boolean> real = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    RealFolders(StoreRoot root) {
        this.root = root;
    }

    synchronized boolean isReal(Path folder) throws IOException {
        Boolean known = real.get(folder);
        if (known == null) {
            known = root.files().realPath(folder).equals(folder);
            real.put(folder, known);
        }
        return known;
    }
}
