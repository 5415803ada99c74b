/** The blob store beside the bare JDK: publishing, mounting, collecting. */
@NullMarked
package io.blobpath.benchmarks.store;

import org.jspecify.annotations.NullMarked;
