/** The kit proves itself: on the reference driver, and on drivers that each break a rule. */
@NullMarked
package io.blobpath.tck;

import org.jspecify.annotations.NullMarked;
