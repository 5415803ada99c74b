package io.blobpath.cache;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The drivers on the class path, by name. */
final class Providers {
    private static final Map<String, String> ARTIFACTS =
            Map.of("lmdb", "cache-lmdb", "redis", "cache-redis", "dynamodb", "cache-dynamodb", "memory", "cache-tck");

    private final Map<String, BlobPathCacheProvider<?>> byName = new TreeMap<>();

    /** Refuses two drivers with one name, whoever would come first. */
    Providers(Iterable<? extends BlobPathCacheProvider<?>> found) {
        List<String> problems = new ArrayList<>();
        for (BlobPathCacheProvider<?> provider : found) {
            BlobPathCacheProvider<?> other = byName.putIfAbsent(provider.name(), provider);
            if (other != null && other.getClass() != provider.getClass()) {
                problems.add("two drivers are named '" + provider.name() + "': "
                        + other.getClass().getName() + " and "
                        + provider.getClass().getName()
                        + "; remove one from the class path");
            }
        }
        if (!problems.isEmpty()) {
            throw new CacheConfigException(problems);
        }
    }

    static Providers installed() {
        List<BlobPathCacheProvider<?>> found = new ArrayList<>();
        try {
            for (BlobPathCacheProvider<?> provider : ServiceLoader.load(BlobPathCacheProvider.class)) {
                found.add(provider);
            }
        } catch (ServiceConfigurationError e) {
            throw new CacheConfigException(List.of("a driver on the class path cannot be loaded: " + e.getMessage()));
        }
        return new Providers(found);
    }

    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** The names of our own drivers, installed or not, and of all that are installed: each may have a section in a config. */
    Set<String> knownNames() {
        Set<String> names = new TreeSet<>(ARTIFACTS.keySet());
        names.addAll(byName.keySet());
        return names;
    }

    BlobPathCacheProvider<?> byName(String name) {
        BlobPathCacheProvider<?> provider = byName.get(name);
        if (provider == null) {
            throw new CacheConfigException(List.of(missing(name)));
        }
        return provider;
    }

    @SuppressWarnings("unchecked") // The filter compares the class that O stands for.
    <O extends Record> BlobPathCacheProvider<O> byOptions(Class<O> optionsType) {
        return (BlobPathCacheProvider<O>) byName.values().stream()
                .filter(provider -> provider.optionsType() == optionsType)
                .findFirst()
                .orElseThrow(() -> new CacheConfigException(List.of("no driver takes " + optionsType.getName()
                        + " (found: " + found() + "); pass the options record of a driver on the class path")));
    }

    private String missing(String name) {
        String artifact = ARTIFACTS.get(name);
        String remedy = artifact != null
                ? "add the artifact io.blobpath:" + artifact
                : Nearest.of(name, names())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("add the artifact that provides it");
        return "driver '" + Quote.of(name) + "' is not on the class path; " + remedy + " (found: " + found() + ")";
    }

    private String found() {
        return byName.isEmpty() ? "none" : String.join(", ", byName.keySet());
    }
}
