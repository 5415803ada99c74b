/** Writes a small tree of real OCI images, which any tool for OCI image layouts can read. */
@NullMarked
package io.blobpath.cli.demo;

import org.jspecify.annotations.NullMarked;
