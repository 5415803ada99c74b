package io.blobpath.tck.faulty;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Which rules a {@link Fault} breaks. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Breaks {
    /** The rule whose tests must fail. */
    String value();

    /** Other rules whose tests may fail with it. */
    String[] also() default {};
}
