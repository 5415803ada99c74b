/**
 * The driver {@code dynamodb}: a store on many nodes in AWS, in one DynamoDB table.
 *
 * <p>Each operation runs as a whole in a thread of the driver's, so that a caller can be interrupted and a deadline kept
 * whatever the HTTP client does. How the items look, why each answer is right, and what it costs: {@code
 * docs/drivers/dynamodb.md}.
 */
@NullMarked
package io.blobpath.dynamodb;

import org.jspecify.annotations.NullMarked;
