package io.blobpath.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.blobpath.cache.spi.Option;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Each type that an option may have: what it takes, what it says about what it refuses. */
final class OptionTypeTest {
    private static final Path FOLDER = Path.of("folder");

    private enum Colour {
        RED,
        DARK_BLUE
    }

    private record Options(
            @Option("a text") String text,
            @Option("a number") int number,
            @Option("a large number") long large,
            @Option("yes or no") boolean flag,
            @Option(value = "how long", fallback = "10s") Duration time,
            @Option("how large") ByteSize size,
            @Option("a file") Path file,
            @Option("a colour") Colour colour,
            @Option("perhaps a text") Optional<String> perhaps,
            @Option("some texts") List<String> some) {}

    private record Wrong(Map<String, String> map, Optional<List<String>> nested, float real) {}

    @Test
    void valuesAreRead() {
        assertThat(parse("text", "\"a\"")).isEqualTo("a");
        assertThat(parse("text", "7")).isEqualTo("7");
        assertThat(parse("number", "-7")).isEqualTo(-7);
        assertThat(parse("large", "\"9000000000\"")).isEqualTo(9_000_000_000L);
        assertThat(parse("flag", "true")).isEqualTo(true);
        assertThat(parse("flag", "\"false\"")).isEqualTo(false);
        assertThat(parse("time", "\"500ms\"")).isEqualTo(Duration.ofMillis(500));
        assertThat(parse("time", "\"10 s\"")).isEqualTo(Duration.ofSeconds(10));
        assertThat(parse("time", "\"5m\"")).isEqualTo(Duration.ofMinutes(5));
        assertThat(parse("time", "\"2h\"")).isEqualTo(Duration.ofHours(2));
        assertThat(parse("time", "\"3d\"")).isEqualTo(Duration.ofDays(3));
        assertThat(parse("time", "\"PT1.5S\"")).isEqualTo(Duration.ofMillis(1500));
        assertThat(parse("size", "\"2KiB\"")).isEqualTo(ByteSize.parse("2048"));
        assertThat(parse("file", "\"data\"")).isEqualTo(FOLDER.resolve("data"));
        assertThat(parse("colour", "\"darkBlue\"")).isEqualTo(Colour.DARK_BLUE);
        assertThat(parse("some", "[\"a\", \"b\"]")).isEqualTo(List.of("a", "b"));
        assertThat(parse("some", "null")).isEqualTo(List.of());
        assertThat(parse("perhaps", "null")).isEqualTo(Optional.empty());
        assertThat(parse("perhaps", "\"a\"")).isEqualTo(Optional.of("a"));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertRefused("text", "1.5", "it must be a string");
        assertRefused("text", "null", "it must be a string");
        assertRefused("number", "3000000000", "a whole number that fits");
        assertRefused("number", "\"x\"", "a whole number that fits");
        assertRefused("flag", "1", "true or false");
        assertRefused("flag", "\"yes\"", "true or false");
        assertRefused("time", "\"10 fortnights\"", "a duration looks like 500ms");
        assertRefused("file", "\"a\\u0000b\"", "it is not a path");
        assertRefused("colour", "\"green\"", "one of red, darkBlue");
        assertRefused("some", "\"a\"", "it must be a list");
    }

    @Test
    void onlyKnownTypesAreTaken() {
        for (RecordComponent component : Wrong.class.getRecordComponents()) {
            assertThatThrownBy(() ->
                            OptionType.of(component.getGenericType()).parse(new JsonMapper().readTree("\"1\""), FOLDER))
                    .as(component.getName())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("is not a type for an option");
        }
    }

    @Test
    void optionsAreDescribed() {
        Map<String, OptionInfo> infos =
                OptionInfo.of(Options.class).stream().collect(Collectors.toMap(OptionInfo::key, info -> info));

        assertThat(infos.get("text")).isEqualTo(new OptionInfo("text", "string", "required", "a text"));
        assertThat(infos.get("time")).isEqualTo(new OptionInfo("time", "duration", "10s", "how long"));
        assertThat(infos.get("colour")).isEqualTo(new OptionInfo("colour", "red | darkBlue", "required", "a colour"));
        assertThat(infos.get("perhaps")).isEqualTo(new OptionInfo("perhaps", "string", "none", "perhaps a text"));
        assertThat(infos.get("some")).isEqualTo(new OptionInfo("some", "list of string", "none", "some texts"));
        assertThatThrownBy(() -> OptionInfo.of(Wrong.class))
                .hasMessageContaining("Wrong.map")
                .hasMessageContaining("lacks @Option");
    }

    private static Object parse(String option, String json) {
        return type(option).parse(new JsonMapper().readTree(json), FOLDER);
    }

    private static void assertRefused(String option, String json, String message) {
        assertThatThrownBy(() -> parse(option, json))
                .as("%s of %s", json, option)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static OptionType type(String option) {
        return Arrays.stream(Options.class.getRecordComponents())
                .filter(component -> component.getName().equals(option))
                .map(component -> OptionType.of(component.getGenericType()))
                .findFirst()
                .orElseThrow();
    }
}
