/** JMH benchmarks of blobpath beside its peers, and the program that runs them and writes the table. */
@NullMarked
package io.blobpath.benchmarks;

import org.jspecify.annotations.NullMarked;
