package io.blobpath.tck;

import io.blobpath.tck.KitReport.Outcome;
import io.blobpath.tck.KitReport.Status;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A {@link KitReport} as a page of HTML that needs nothing else. */
final class KitPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>%1$s</title>
            <style>
            body { font: 15px/1.4 sans-serif; margin: 2em auto; max-width: 70em; padding: 0 1em; }
            td, th { border-top: 1px solid #ccc; padding: .4em .6em; text-align: left; vertical-align: top; }
            table { border-collapse: collapse; }
            .passed { color: #17692f; } .failed, .undeclared { color: #b00020; font-weight: bold; }
            .unsupported, .not_run { color: #7a5a00; }
            </style></head>
            <body><h1>%1$s</h1><p>%2$s</p>
            <table><tr><th>rule</th><th>outcome</th><th>what it says</th><th>tests</th></tr>
            """;

    private KitPage() {}

    static String of(KitReport report) {
        String rows = report.rules().entrySet().stream().map(KitPage::row).collect(Collectors.joining());
        return HEAD.formatted(escaped(report.summary()), escaped(report.size().summary())) + rows
                + "</table></body></html>\n";
    }

    private static String row(Map.Entry<String, List<Outcome>> rule) {
        Status status = KitReport.statusOf(rule.getValue());
        String tests = rule.getValue().stream()
                .map(test -> "<span class=\"%s\" title=\"%s\">%s</span>"
                        .formatted(style(test.status()), test.status(), escaped(test.toString())))
                .collect(Collectors.joining("<br>"));
        return "<tr><td>%s</td><td class=\"%s\">%s</td><td>%s</td><td>%s</td></tr>%n"
                .formatted(
                        rule.getKey(),
                        style(status),
                        status,
                        escaped(Contract.rules().getOrDefault(rule.getKey(), "")),
                        tests);
    }

    private static String style(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
