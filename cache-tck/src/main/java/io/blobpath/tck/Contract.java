package io.blobpath.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules, as the page {@code docs/contract.md} words them, and their tests. The page is packed into the kit. */
final class Contract {
    private static final Pattern RULE = Pattern.compile("(?m)^\\*\\*([A-Z]\\d+)\\*\\* ((?:[^\\n]+\\n)+)");
    private static final Pattern NAME = Pattern.compile("[A-Z]\\d+");
    private static final Map<String, String> RULES = read();
    private static final Map<String, Set<String>> TESTS = find();

    private Contract() {}

    /** The words of each rule, in the order of the page. */
    static Map<String, String> rules() {
        return RULES;
    }

    /** Those of a test's tags that are rules. */
    static Set<String> rulesOf(Set<String> tags) {
        return tags.stream().filter(tag -> NAME.matcher(tag).matches()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The tests of the kit, each with its rules. */
    static Map<String, Set<String>> tests() {
        return TESTS;
    }

    private static Map<String, Set<String>> find() {
        return Arrays.stream(BlobPathCacheTck.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .collect(Collectors.collectingAndThen(
                        Collectors.toMap(
                                Method::getName, method -> rulesOf(tags(method)), (one, other) -> one, TreeMap::new),
                        Collections::unmodifiableMap));
    }

    private static Set<String> tags(Method method) {
        return Stream.of(method.getAnnotationsByType(Tag.class)).map(Tag::value).collect(Collectors.toSet());
    }

    private static Map<String, String> read() {
        try (InputStream in = requireNonNull(Contract.class.getResourceAsStream("contract.md"), "contract.md")) {
            Map<String, String> rules = new LinkedHashMap<>();
            RULE.matcher(new String(in.readAllBytes(), UTF_8))
                    .results()
                    .forEach(rule -> rules.put(
                            rule.group(1),
                            rule.group(2).strip().replace('\n', ' ').replace("`", "")));
            return Collections.unmodifiableMap(rules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
