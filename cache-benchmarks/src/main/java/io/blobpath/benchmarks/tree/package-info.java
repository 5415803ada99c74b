/** The commands beside other tools that do the same to a tree of files. */
@NullMarked
package io.blobpath.benchmarks.tree;

import org.jspecify.annotations.NullMarked;
