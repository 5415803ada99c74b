package io.blobpath.cache.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LeaseValuesTest {
    @Test
    void aTokenIsThirtyTwoDigits() {
        OwnerToken token = new OwnerToken(0x0123456789abcdefL, 0xfedcba9876543210L);

        assertThat(token).hasToString("0123456789abcdeffedcba9876543210");
        assertThat(OwnerToken.parse(token.toString())).isEqualTo(token);
        assertThatThrownBy(() -> OwnerToken.parse("01"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32 hexadecimal digits");
        assertThat(OwnerToken.random()).isNotEqualTo(OwnerToken.random());
    }

    @Test
    void aReasonIsShortenedBetweenCharacters() {
        String longest = "a".repeat(LeaseFailure.MAX_LENGTH);

        assertThat(failure(longest)).isEqualTo(longest);
        assertThat(failure(longest + "b")).isEqualTo(longest);
        assertThat(failure("a".repeat(LeaseFailure.MAX_LENGTH - 1) + "\ud83d\ude00"))
                .isEqualTo("a".repeat(LeaseFailure.MAX_LENGTH - 1));
    }

    private static String failure(String reason) {
        return new LeaseFailure(reason, Duration.ofSeconds(1)).reason();
    }
}
