package io.blobpath.tck.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import io.blobpath.tck.BlobPathCacheTck;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page of rules, the kit and the faulty drivers tell the same, in every direction. */
class ContractTest {
    private static final Path PAGE = Path.of("..", "docs", "contract.md");
    private static final Pattern RULE = Pattern.compile(
            "(?m)^\\*\\*([A-Z]\\d+)\\*\\* (?:[^\\n]+\\n)+\\n- tests: ((?:.|\\n  )*)\\n- faulty: ((?:.|\\n  )*)$");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    @Test
    void thePageListsTheTestsOfEachRule() throws IOException {
        Map<String, Set<String>> tagged = new TreeMap<>();
        kit().forEach(test -> rulesOf(test)
                .forEach(rule ->
                        tagged.computeIfAbsent(rule, absent -> new TreeSet<>()).add(test.getName())));

        assertThat(page(2)).as("tests of each rule, on the page and in the kit").isEqualTo(tagged);
    }

    @Test
    void thePageListsTheFaultyDriversOfEachRule() throws IOException {
        Map<String, Set<String>> breaking = new TreeMap<>();
        Fault.all()
                .forEach(fault -> breaking.computeIfAbsent(fault.breaks().value(), absent -> new TreeSet<>())
                        .add(fault.name()));

        assertThat(page(3))
                .as("faulty drivers of each rule, on the page and in the tests")
                .isEqualTo(breaking);
    }

    @Test
    void faultyDriversNameRulesThatThereAre() throws IOException {
        Set<String> rules = page(2).keySet();

        assertThat(Fault.all())
                .allSatisfy(fault -> assertThat(rules)
                        .as("rules beside %s that %s breaks", fault.breaks().value(), fault)
                        .containsAll(List.of(fault.breaks().also())));
    }

    @Test
    void noTestOfTheKitCanBeOverridden() {
        assertThat(kit()).isNotEmpty().allMatch(test -> Modifier.isFinal(test.getModifiers()));
    }

    private static Stream<Method> kit() {
        return Arrays.stream(BlobPathCacheTck.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class));
    }

    private static Stream<String> rulesOf(Method test) {
        return Arrays.stream(test.getAnnotationsByType(Tag.class))
                .map(Tag::value)
                .filter(tag -> !tag.equals("slow"));
    }

    /** The names in one of the lists of each rule. */
    private static Map<String, Set<String>> page(int list) throws IOException {
        Map<String, Set<String>> names = new TreeMap<>();
        for (MatchResult rule : RULE.matcher(Files.readString(PAGE)).results().toList()) {
            Set<String> listed = new TreeSet<>();
            NAME.matcher(rule.group(list)).results().forEach(name -> listed.add(name.group(1)));
            names.put(rule.group(1), listed);
        }
        return names;
    }
}
