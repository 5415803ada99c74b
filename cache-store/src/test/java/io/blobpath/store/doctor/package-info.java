@NullMarked
package io.blobpath.store.doctor;

import org.jspecify.annotations.NullMarked;
