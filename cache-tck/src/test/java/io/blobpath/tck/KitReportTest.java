package io.blobpath.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.blobpath.tck.KitReport.Outcome;
import io.blobpath.tck.KitReport.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class KitReportTest {
    private final KitReport report = new KitReport("<Lmdb>", new KitSize(2, 3, 4, 5));

    @Test
    void aRuleIsAsGoodAsTheWorstOfItsTests() {
        report.add(Outcome.passed("puttingAgainChangesNothing"));
        report.add(Outcome.failed("puttingADuplicateAgainChangesNothing"));

        assertThat(report.summary()).contains("0 of", "1 failed");
        assertThat(report.text()).contains("P2 failed: [puttingADuplicateAgainChangesNothing]");
    }

    @Test
    void aRuleIsUnsupportedIfAllItsTestsAre() {
        report.add(Outcome.unsupported("recordsSurviveReopen", "DURABILITY: no disk"));
        report.add(Outcome.unsupported("reopeningManyTimesLosesNothing", "DURABILITY: no disk"));

        assertThat(report.count(Status.UNSUPPORTED)).isEqualTo(1);
        assertThat(report.text())
                .contains("2 tests skipped: DURABILITY: no disk")
                .contains("declared unsupported: L3");
    }

    @Test
    void aRuleIsPassedIfTheRestOfItsTestsIsUnsupported() {
        report.add(Outcome.passed("aBatchMayBeRepeated"));
        report.add(Outcome.unsupported("aCutOffBatchTellsWhatIsApplied", "CUT_OFF: no network"));
        report.add(Outcome.unsupported("aBatchWithALostReplyTellsWhatIsApplied", "LOST_REPLY: no network"));

        assertThat(report.count(Status.PASSED)).isEqualTo(1);
    }

    @Test
    void aRuleOfWhichATestDidNotRunIsNotPassed() {
        report.add(Outcome.passed("puttingAgainChangesNothing"));

        assertThat(report.count(Status.PASSED)).isZero();
    }

    @Test
    void thePageShowsEveryRuleWithItsWords() {
        String page = KitPage.of(report);

        assertThat(page)
                .contains("blobpath kit: &lt;Lmdb&gt;")
                .contains(Contract.rules().keySet())
                .contains("Putting a path again changes nothing, however often; one remove takes it away.")
                .contains("2 histories");
    }

    @Test
    void aSkipThatIsNotDeclaredFailsTheRun() {
        List<String> failures = new ArrayList<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                    result.getThrowable().map(Throwable::getMessage).ifPresent(failures::add);
                }
            }
        };

        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(SkippingTck.class))
                                .configurationParameter("blobpath.tck.reports", "")
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                                .build(),
                        listener);

        assertThat(failures).singleElement().asString().contains("skipped without a declaration", "not today");
    }
}
