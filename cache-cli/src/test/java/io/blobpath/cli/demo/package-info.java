/** Tests of the tree that the demo makes. */
@NullMarked
package io.blobpath.cli.demo;

import org.jspecify.annotations.NullMarked;
