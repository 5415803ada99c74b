package io.blobpath.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The directions of the modules, as docs/design.md has them. This module sees all others. */
final class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.blobpath");

    @Test
    void allModulesAreSeen() {
        assertThat(Stream.of("cache", "lmdb", "redis", "dynamodb", "store", "tck", "cli"))
                .allMatch(module -> MAIN.containPackage("io.blobpath." + module));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"io.blobpath.lmdb..", "io.blobpath.redis..", "io.blobpath.dynamodb..", "io.blobpath.tck.memory.."
            })
    void nothingPointsAtADriver(String driver) {
        noClasses()
                .that()
                .resideOutsideOfPackage(driver)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(driver)
                .because("drivers are found by name, on the class path")
                .check(MAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.blobpath.store..",
                "io.blobpath.lmdb..",
                "io.blobpath.redis..",
                "io.blobpath.dynamodb..",
                "io.blobpath.tck.."
            })
    void aModuleSeesItselfAndTheApi(String module) {
        noClasses()
                .that()
                .resideInAPackage(module)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.blobpath..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(module, "io.blobpath.cache..")))
                .check(MAIN);
    }

    @Test
    void theApiSeesNothingOfOurs() {
        classes()
                .that()
                .resideInAPackage("io.blobpath.cache..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.blobpath.cache..", "java..", "tools.jackson..", "org.slf4j..", "org.jspecify..")
                .check(MAIN);
    }

    @Test
    void theStoreNeedsNothingButTheApi() {
        classes()
                .that()
                .resideInAPackage("io.blobpath.store..")
                .and()
                .doNotHaveSimpleName("StreamMeters")
                .and()
                .doNotHaveSimpleName("ZstdStreams")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.blobpath.store..",
                        "io.blobpath.cache..",
                        "java..",
                        "tools.jackson..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(MAIN);
    }

    @Test
    void noTimeIsCountedOnTheWallClock() {
        noClasses()
                .that()
                .resideInAPackage("io.blobpath.cache..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .because("it jumps; drivers show it to people and start fences from it, and nothing else")
                .check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(MAIN);
    }

    /** Each package is a slice; those of the API, views of one thing, are one together. */
    private static final class Packages implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String name = type.getPackageName();
            return SliceIdentifier.of(name.startsWith("io.blobpath.cache.") ? "io.blobpath.cache" : name);
        }

        @Override
        public String getDescription() {
            return "each package";
        }
    }
}
