package io.blobpath.dynamodb;

import io.blobpath.cache.spi.CacheDriver;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The key of the item behind which a scan goes on, as text for {@link CacheDriver#scan}. */
final class ScanToken {
    private static final char SEPARATOR = '\n';

    private ScanToken() {}

    static String of(Map<String, AttributeValue> key) {
        String text = DynamoDbKeys.partition(key) + SEPARATOR + DynamoDbKeys.sort(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static Map<String, AttributeValue> parse(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            int cut = text.indexOf(SEPARATOR);
            if (cut > 0 && cut < text.length() - 1) {
                return DynamoDbKeys.key(text.substring(0, cut), text.substring(cut + 1));
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid scan token: it must come from a page of a scan", e);
        }
        throw new IllegalArgumentException("invalid scan token: it must come from a page of a scan");
    }
}
