package io.blobpath.cache.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One key of the configuration: a component of a driver's options record. The component's name is the key.
 *
 * <p>Its type may be {@code String}, {@code boolean}, {@code int}, {@code long}, {@link java.time.Duration} ({@code 10s},
 * {@code 500ms}, {@code 5m}, {@code 1h} or ISO 8601), {@link io.blobpath.cache.ByteSize}, {@link java.nio.file.Path}
 * (relative to the config file), {@link io.blobpath.cache.Secret}, an enum (its constants in lower camel case),
 * {@code Optional} or {@code List} of these.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
    /** What it means, in one line; the documentation and the command {@code drivers} print it. */
    String value();

    /**
     * The default, written as in a config. Without one the key is required, unless the type is {@code Optional} or
     * {@code List}.
     */
    String fallback() default "";

    /** The least value allowed, written as in a config. */
    String min() default "";

    /** The largest value allowed, written as in a config. */
    String max() default "";
}
