/** Stores of the same rows, each used as its own documentation has it, behind one small interface. */
@NullMarked
package io.blobpath.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
