/** The stream cache beside what the bare JDK does with the same bytes. */
@NullMarked
package io.blobpath.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
