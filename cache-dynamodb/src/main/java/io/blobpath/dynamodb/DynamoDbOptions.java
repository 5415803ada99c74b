package io.blobpath.dynamodb;

import io.blobpath.cache.Secret;
import io.blobpath.cache.spi.Option;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which table, how to reach it, and how hard to use it. What is not given of region, endpoint and credentials comes from the
 * usual chain of the AWS SDK: system properties, environment, profile files, container and instance roles.
 *
 * @param table the name of the table
 * @param namespace the part of the table that belongs to this store; several stores may share a table
 * @param region the AWS region
 * @param endpoint another endpoint than that of the region, such as a VPC endpoint or a server for tests
 * @param profile the profile of the AWS config files
 * @param accessKeyId an access key, for where the chain does not reach; comes with {@code secretAccessKey}
 * @param secretAccessKey the secret of the access key
 * @param create whether to create a table that does not exist
 * @param pointInTimeRecovery whether a table created here gets continuous backups
 * @param deletionProtection whether a table created here is protected from deletion
 * @param maxConnections the most single operations under way at once
 * @param parallelism the most transactions of batches under way at once, besides
 * @param scanPageSize the most items that a scan reads with one request
 * @param scanReadUnits the most read units that scans of this handle use in a second; 0 for no bound
 */
public record DynamoDbOptions(
        @Option(value = "the name of the table", fallback = "blobpath")
        String table,

        @Option(value = "the part of the table that belongs to this store", fallback = "default")
        String namespace,

        @Option("the AWS region; by default that of the SDK's usual chain")
        Optional<String> region,

        @Option("another endpoint than that of the region, as a URL")
        Optional<String> endpoint,

        @Option("the profile of the AWS config files; by default that of the SDK's usual chain")
        Optional<String> profile,

        @Option("an access key id; by default the SDK's usual chain finds credentials")
        Optional<String> accessKeyId,

        @Option("the secret access key that belongs to accessKeyId")
        Optional<Secret> secretAccessKey,

        @Option(value = "whether to create the table: never or ifMissing", fallback = "never")
        CreateTable create,

        @Option(value = "whether a table created here gets point-in-time recovery", fallback = "false")
        boolean pointInTimeRecovery,

        @Option(value = "whether a table created here is protected from deletion", fallback = "false")
        boolean deletionProtection,

        @Option(value = "the most single operations under way at once", fallback = "50", min = "1", max = "1000")
        int maxConnections,

        @Option(
                value = "the most transactions of batches under way at once, besides",
                fallback = "8",
                min = "1",
                max = "100")
        int parallelism,

        @Option(
                value = "the most items that a scan reads with one request",
                fallback = "1000",
                min = "1",
                max = "10000")
        int scanPageSize,

        @Option(
                value = "the most read units that scans of this handle use in a second; 0 for no bound",
                fallback = "0",
                min = "0")
        int scanReadUnits) {
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final Pattern NAMESPACE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** Refuses null, names that DynamoDB does not take, and half of an access key. */
    public DynamoDbOptions {
        Objects.requireNonNull(region, "region");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(create, "create");
        if (!TABLE.matcher(table).matches()) {
            throw new IllegalArgumentException(
                    "table must have 3 to 255 of the characters a-z, A-Z, 0-9, '_', '-' and '.'");
        }
        if (!NAMESPACE.matcher(namespace).matches()) {
            throw new IllegalArgumentException(
                    "namespace must have 1 to 64 of the characters a-z, A-Z, 0-9, '_', '-' and '.'");
        }
        if (accessKeyId.isPresent() != secretAccessKey.isPresent()) {
            throw new IllegalArgumentException("accessKeyId and secretAccessKey must be given together");
        }
        if (profile.isPresent() && accessKeyId.isPresent()) {
            throw new IllegalArgumentException("profile and accessKeyId must not be given together");
        }
    }

    /** The defaults, for this table. */
    public static DynamoDbOptions of(String table) {
        return new DynamoDbOptions(
                table,
                "default",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                CreateTable.NEVER,
                false,
                false,
                50,
                8,
                1000,
                0);
    }
}
