/** An explicit-state model of how publishers and collectors share a repository; {@code docs/design.md} has it in words. */
@NullMarked
package io.blobpath.store.model;

import org.jspecify.annotations.NullMarked;
