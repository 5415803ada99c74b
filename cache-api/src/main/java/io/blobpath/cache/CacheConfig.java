package io.blobpath.cache;

import static java.util.Objects.requireNonNull;

import io.blobpath.cache.spi.BlobPathCacheProvider;
import io.blobpath.cache.spi.OpenContext;
import io.blobpath.cache.spi.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which driver to open, and how. Read from a JSON file, or made of a driver's options record:
 *
 * <pre>{@code
 * { "driver": "lmdb", "storeId": "registry-eu", "operationTimeout": "10s",
 *   "lmdb": { "directory": "/var/lib/registry/.blobpath" } }
 * }</pre>
 *
 * <p>A file may have a section for each driver it may be used with; only that of the chosen one is read.
 *
 * <p>A config that is wrong is refused when it is opened, with every problem at once (L5). Immutable; its text form shows
 * no value that may be secret.
 */
public final class CacheConfig {
    private static final Pattern STORE_ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

    private final @Nullable ConfigFile file;
    private final @Nullable Record options;
    private final Optional<String> storeId;
    private final Optional<Duration> operationTimeout;

    /** The keys that are the same for every driver. */
    record General(
            @Option("the name of the driver") String driver,

            @Option("the store that is expected; another one is refused; without it, the one that is there is taken")
            Optional<String> storeId,

            @Option(value = "the time within which every call ends", fallback = "10s", min = "10ms", max = "1h")
            Duration operationTimeout) {}

    record Resolved<O extends Record>(BlobPathCacheProvider<O> provider, O options, OpenContext context) {}

    private CacheConfig(
            @Nullable ConfigFile file,
            @Nullable Record options,
            Optional<String> storeId,
            Optional<Duration> operationTimeout) {
        this.file = file;
        this.options = options;
        this.storeId = storeId;
        this.operationTimeout = operationTimeout;
    }

    /**
     * Reads a JSON file. Relative paths in it are relative to its folder.
     *
     * @throws CacheConfigException if the file cannot be read or is not a JSON object
     */
    public static CacheConfig load(Path file) {
        return new CacheConfig(ConfigFile.load(file), null, Optional.empty(), Optional.empty());
    }

    /**
     * Reads JSON text, for programs that choose a driver by its name and know none of its classes.
     *
     * @param directory the folder that relative paths in it start from
     * @throws CacheConfigException if the text is not a JSON object
     */
    public static CacheConfig parse(String json, Path directory) {
        return new CacheConfig(ConfigFile.parse("config", json, directory), null, Optional.empty(), Optional.empty());
    }

    /** The driver that these options belong to, with defaults for the rest. */
    public static CacheConfig of(Record options) {
        return new CacheConfig(null, requireNonNull(options, "options"), Optional.empty(), Optional.empty());
    }

    /** The same config, which expects this store; it wins over the file. */
    public CacheConfig withStoreId(String expected) {
        return new CacheConfig(file, options, Optional.of(expected), operationTimeout);
    }

    /** The same config with this time for every call; it wins over the file. */
    public CacheConfig withOperationTimeout(Duration timeout) {
        return new CacheConfig(file, options, storeId, Optional.of(timeout));
    }

    /** The keys that are the same for every driver, for documentation. */
    public static List<OptionInfo> commonOptions() {
        return OptionInfo.of(General.class);
    }

    Resolved<?> resolve(Providers providers) {
        return file != null ? resolveFile(file, providers) : resolveOptions(providers, requireNonNull(options));
    }

    private Resolved<?> resolveOptions(Providers providers, Record given) {
        BlobPathCacheProvider<?> provider = providers.byOptions(given.getClass());
        General common = new General(provider.name(), storeId, operationTimeout.orElse(DEFAULT_TIMEOUT));
        List<String> problems = new ArrayList<>();
        OptionsBinder.check(common, "", problems);
        OptionsBinder.check(given, provider.name() + ".", problems);
        checkStoreId(common.storeId(), problems);
        return resolved(provider, given, common, problems);
    }

    private Resolved<?> resolveFile(ConfigFile source, Providers providers) {
        List<String> problems = new ArrayList<>();
        Optional<String> driver = source.text("driver");
        OptionsBinder binder = new OptionsBinder(source.directory(), problems);
        Set<String> sections = providers.knownNames();
        driver.ifPresent(sections::add);
        General common = binder.bind(General.class, source.root(), "", sections);
        checkStoreId(storeId.or(() -> source.text("storeId")), problems);
        BlobPathCacheProvider<?> provider =
                driver.flatMap(name -> find(name, providers, problems)).orElse(null);
        Record bound = null;
        if (provider != null) {
            ObjectNode section = source.section(provider.name(), problems);
            bound = binder.bind(provider.optionsType(), section, provider.name() + ".", Set.of());
        }
        if (provider == null || bound == null || common == null) {
            throw new CacheConfigException(problems);
        }
        General effective = new General(
                provider.name(), storeId.or(common::storeId), operationTimeout.orElse(common.operationTimeout()));
        OptionsBinder.check(effective, "", problems);
        return resolved(provider, bound, effective, problems);
    }

    private static Optional<BlobPathCacheProvider<?>> find(String name, Providers providers, List<String> problems) {
        try {
            return Optional.of(providers.byName(name));
        } catch (CacheConfigException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private static void checkStoreId(Optional<String> given, List<String> problems) {
        given.filter(id -> !STORE_ID.matcher(id).matches())
                .ifPresent(id -> problems.add(
                        "storeId was '" + Quote.of(id) + "' but it must be 1 to 128 of A-Z a-z 0-9 . _ -"));
    }

    private static <O extends Record> Resolved<O> resolved(
            BlobPathCacheProvider<O> provider, Record given, General common, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new CacheConfigException(problems);
        }
        O options = provider.optionsType().cast(given);
        return new Resolved<>(provider, options, new OpenContext(common.storeId(), common.operationTimeout()));
    }

    /** Names the source of the config and none of its values. */
    @Override
    public String toString() {
        return "CacheConfig["
                + (file != null
                        ? file
                        : options == null ? "" : options.getClass().getSimpleName()) + "]";
    }
}
