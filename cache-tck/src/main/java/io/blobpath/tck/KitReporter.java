package io.blobpath.tck;

import static java.util.Objects.requireNonNull;

import io.blobpath.tck.KitReport.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Collects what became of each test of a driver, and reports it by rule: on stdout, and as text and HTML in the folder of the
 * configuration parameter {@code blobpath.tck.reports}, {@code target/kit} without it. A test that was skipped without a
 * declaration makes the run fail: whoever reads the report can rely on what it does not list.
 */
final class KitReporter implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    private static final Namespace NAMESPACE = Namespace.create(KitReporter.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getStore(NAMESPACE).put(KitReport.class, new KitReport(context.getDisplayName(), KitSize.of(context)));
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(context, Outcome.passed(test(context)));
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        add(context, Outcome.failed(test(context)));
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        String reason = cause == null ? "no reason" : String.valueOf(cause.getMessage());
        add(
                context,
                cause instanceof Unsupported
                        ? Outcome.unsupported(test(context), reason)
                        : Outcome.undeclared(test(context), reason));
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        add(context, Outcome.undeclared(test(context), reason.orElse("disabled")));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        KitReport report = report(context);
        String folder =
                context.getConfigurationParameter("blobpath.tck.reports").orElse("target/kit");
        if (!folder.isEmpty()) {
            Path reports = Files.createDirectories(Path.of(folder));
            Files.writeString(reports.resolve(context.getDisplayName() + ".txt"), report.text());
            Files.writeString(reports.resolve(context.getDisplayName() + ".html"), KitPage.of(report));
            System.out.print(report.text());
        }
        if (!report.undeclared().isEmpty()) {
            throw new AssertionError("tests of the kit were skipped without a declaration: " + report.undeclared());
        }
    }

    private static void add(ExtensionContext context, Outcome outcome) {
        // The driver's subclass may have tests of its own.
        if (Contract.tests().containsKey(outcome.test())) {
            report(context).add(outcome);
        }
    }

    private static KitReport report(ExtensionContext context) {
        return requireNonNull(context.getStore(NAMESPACE).get(KitReport.class, KitReport.class));
    }

    private static String test(ExtensionContext context) {
        return context.getRequiredTestMethod().getName();
    }
}
