package io.blobpath.cache;

import io.blobpath.cache.spi.CacheDriver;
import io.blobpath.cache.spi.PathSlice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Makes pages with the canonical path first out of a driver's slices in byte order.
 *
 * <p>The token remembers which canonical path the first page listed. A promotion between two pages therefore neither hides a
 * path nor lists one twice: later pages leave out that path, and list the new canonical one where the byte order has it.
 */
final class PathPages {
    private static final String SEPARATOR = "//";

    private PathPages() {}

    private record Position(BlobPath listedFirst, Optional<BlobPath> last) {
        String token() {
            String text = listedFirst + SEPARATOR + last.map(BlobPath::toString).orElse("");
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Position parse(String token) {
            try {
                String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
                int cut = text.indexOf(SEPARATOR);
                if (cut < 0) {
                    throw new IllegalArgumentException("no separator");
                }
                String last = text.substring(cut + SEPARATOR.length());
                return new Position(
                        BlobPath.of(text.substring(0, cut)),
                        last.isEmpty() ? Optional.empty() : Optional.of(BlobPath.of(last)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "invalid page token '" + Quote.of(token) + "': it must come from a page of this listing", e);
            }
        }
    }

    static PathPage read(CacheDriver driver, Digest digest, PageRequest page) {
        Optional<Position> from = page.token().map(Position::parse);
        // One more than wanted, because the path that the first page listed may be among them.
        int limit = page.limit() + 1;
        PathSlice slice = driver.paths(digest, from.flatMap(Position::last), limit);
        List<BlobPath> paths = new ArrayList<>();
        BlobPath first;
        if (from.isPresent()) {
            first = from.get().listedFirst();
        } else if (slice.canonical().isPresent()) {
            first = slice.canonical().get();
            paths.add(first);
        } else {
            return new PathPage(List.of(), Optional.empty());
        }
        Optional<BlobPath> last = from.flatMap(Position::last);
        boolean more = slice.ascending().size() >= limit;
        for (BlobPath path : slice.ascending()) {
            if (paths.size() == page.limit() && !path.equals(first)) {
                more = true;
                break;
            }
            if (!path.equals(first)) {
                paths.add(path);
            }
            last = Optional.of(path);
        }
        return new PathPage(paths, more ? Optional.of(new Position(first, last).token()) : Optional.empty());
    }
}
