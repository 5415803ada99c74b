/**
 * Drivers that each break one rule, and the proof that the kit catches them. To add one, add a constant to the enum of its
 * family and its name to {@code docs/contract.md}.
 */
@NullMarked
package io.blobpath.tck.faulty;

import org.jspecify.annotations.NullMarked;
