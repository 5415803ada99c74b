/** From measured numbers to the table with its goals. */
@NullMarked
package io.blobpath.benchmarks.report;

import org.jspecify.annotations.NullMarked;
