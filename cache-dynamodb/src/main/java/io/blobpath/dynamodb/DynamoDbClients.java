package io.blobpath.dynamodb;

import io.blobpath.cache.CacheAccessException;
import io.blobpath.cache.CacheConfigException;
import io.blobpath.cache.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** Makes the SDK's client of the options, without asking DynamoDB anything. */
final class DynamoDbClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private DynamoDbClients() {}

    static DynamoDbClient open(DynamoDbOptions options, Duration operationTimeout) {
        DynamoDbClientBuilder builder = DynamoDbClient.builder()
                .region(region(options))
                .credentialsProvider(credentials(options))
                .overrideConfiguration(config -> {
                    config.retryStrategy(AwsRetryStrategy.doNotRetry());
                    options.profile().ifPresent(config::defaultProfileName);
                })
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(options.maxConnections() + options.parallelism())
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(operationTimeout)
                        .tcpKeepAlive(true));
        options.endpoint().ifPresent(endpoint -> builder.endpointOverride(URI.create(endpoint)));
        return builder.build();
    }

    private static Region region(DynamoDbOptions options) {
        if (options.region().isPresent()) {
            return Region.of(options.region().get());
        }
        try {
            DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
            options.profile().ifPresent(chain::profileName);
            return chain.build().getRegion();
        } catch (SdkClientException e) {
            throw new CacheConfigException(
                    List.of("dynamodb.region is not given and the SDK's usual chain has none: set it"
                            + " here, in AWS_REGION, or in the profile"));
        }
    }

    private static AwsCredentialsProvider credentials(DynamoDbOptions options) {
        Optional<Secret> secret = options.secretAccessKey();
        if (secret.isPresent()) {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    options.accessKeyId().orElseThrow(), secret.get().reveal()));
        }
        DefaultCredentialsProvider.Builder chain = DefaultCredentialsProvider.builder();
        options.profile().ifPresent(chain::profileName);
        DefaultCredentialsProvider provider = chain.build();
        try {
            provider.resolveCredentials();
            return provider;
        } catch (SdkClientException e) {
            provider.close();
            throw new CacheAccessException(
                    "no credentials: the SDK's usual chain (system properties, environment, profile, container and instance"
                            + " role) has none",
                    e);
        }
    }
}
