package dev.deprovisioner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.problem.ProblemType;
import dev.deprovisioner.testbed.Documents;
import dev.deprovisioner.testbed.Exposition;
import dev.deprovisioner.testbed.Exposition.Sample;
import dev.deprovisioner.testbed.PromQl;
import dev.deprovisioner.testbed.PromQl.Selector;
import dev.deprovisioner.testbed.Promtool;
import dev.deprovisioner.testbed.Watching;
import dev.deprovisioner.testbed.Watching.Alert;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the service exposes is what Prometheus reads, and has everything that the dashboard and the alerts ask for. */
class ExposedMetricsIT extends WholeApplication {

    /** What Prometheus and Kubernetes add to every series. */
    private static final Set<String> OF_THE_TARGET = Set.of("job", "instance", "namespace");

    private static final Path OPERATIONS = Path.of("docs/operations.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** A label and the values that it can have. */
    private static final Pattern LABEL = Pattern.compile("`([a-z]+)`: (`[a-z_]+`(?:(?:, | \\([^)]*\\), )`[a-z_]+`)*)");

    @Autowired
    ExposedMetricsIT(@LocalServerPort int port, @LocalManagementPort int managementPort) {
        super(port, managementPort);
    }

    @Test
    void haveCountersBeforeTheirFirstEvent() throws Exception {
        var figures = Exposition.parse(exposed());

        assertThat(figures.values("deprovisions_total", "outcome"))
                .containsExactlyInAnyOrder("deleted", "already_absent", "blocked", "failed", "cancelled");
        assertThat(figures.values("webhook_deliveries_total", "outcome"))
                .containsExactlyInAnyOrder("delivered", "retried", "probed", "undeliverable");
        assertThat(figures.values("upstream_retries_total", "reason"))
                .containsExactlyInAnyOrder(
                        "unreachable", "no_answer", "server_error", "malformed", "throttled", "unauthorized");
        assertThat(figures.samples("deprovision_problems_total"))
                .hasSize(3 * ProblemType.ofRuns().size());
        assertThat(figures.values("deprovision_problems_total", "problem"))
                .isEqualTo(ProblemType.ofRuns().stream().map(ProblemType::slug).collect(Collectors.toSet()));
        assertThat(figures.values("deprovision_problems_total", "status"))
                .containsExactlyInAnyOrder("waiting", "blocked", "failed");
    }

    @Test
    void haveWhatTheDashboardAndTheAlertsAskFor() throws Exception {
        portal.postAndWait(group, null);
        awaitWebhookSynced();
        var figures = Exposition.parse(exposed());

        var expressions = Stream.concat(
                Watching.dashboardQueries().stream(), Watching.alerts().stream().map(Alert::expr));
        assertThat(expressions).hasSizeGreaterThan(50).allSatisfy(expression -> {
            var read = PromQl.parse(expression);
            assertThat(read.selectors()).as(expression).isNotEmpty();
            read.selectors().forEach(selector -> assertExposed(figures, selector));
            assertThat(labels(figures, read)).as(expression).containsAll(read.grouping());
        });
    }

    @Test
    void areTheOnesOfTheOperationsPage() throws Exception {
        portal.postAndWait(group, null);
        awaitWebhookSynced();
        var figures = Exposition.parse(exposed());
        var documented = Documents.rows(OPERATIONS).stream()
                .filter(row -> row.getFirst().matches("(`[a-z]+_[a-z_]+`(, )?)+"))
                .toList();

        var names = documented.stream()
                .flatMap(row -> CODE.matcher(row.getFirst()).results())
                .map(name -> name.group(1))
                .toList();
        assertThat(names)
                .hasSizeGreaterThan(10)
                .allMatch(name -> figures.samples().stream()
                        .anyMatch(sample -> sample.name().matches(name + "(_count)?")));
        assertThat(figures.samples().stream().map(Sample::name).filter(ExposedMetricsIT::isOurs))
                .allMatch(name -> names.contains(name.replaceFirst("_(count|sum|max|bucket)$", "")));
        assertThat(documented)
                .allSatisfy(row -> LABEL.matcher(row.get(1)).results().forEach(label -> {
                    var metric = row.getFirst().replace("`", "");
                    assertThat(values(figures, metric, label.group(1)))
                            .as(metric)
                            .isSubsetOf(CODE.matcher(label.group(2))
                                    .results()
                                    .map(value -> value.group(1))
                                    .toList());
                }));
    }

    private static Set<String> values(Exposition figures, String metric, String label) {
        return figures.samples().stream()
                .filter(sample -> sample.name().matches(metric + "(_count)?"))
                .map(sample -> sample.labels().getOrDefault(label, "none of this name"))
                .collect(Collectors.toSet());
    }

    private static void assertExposed(Exposition figures, Selector selector) {
        if (selector.metric().equals("up")) {
            return; // Prometheus' own
        }
        assertThat(figures.samples(selector.metric())).as(selector.metric()).isNotEmpty();
        for (var matcher : selector.matchers()) {
            assertThat(labels(figures, selector.metric()))
                    .as(selector.toString())
                    .contains(matcher.label());
            if (isOurs(selector.metric()) && !OF_THE_TARGET.contains(matcher.label())) {
                assertThat(figures.values(selector.metric(), matcher.label()))
                        .as(selector.toString())
                        .containsAll(matcher.wanted().toList());
            }
        }
    }

    private static boolean isOurs(String name) {
        return name.matches("(deprovision|upstream|webhook|audit)s?_.*");
    }

    private static Set<String> labels(Exposition figures, PromQl read) {
        return read.selectors().stream()
                .flatMap(selector -> labels(figures, selector.metric()).stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> labels(Exposition figures, String metric) {
        return Stream.concat(
                        OF_THE_TARGET.stream(),
                        figures.samples(metric).stream()
                                .map(Sample::labels)
                                .flatMap(labels -> labels.keySet().stream()))
                .collect(Collectors.toSet());
    }

    @Test
    void areTakenByPrometheusItself(@TempDir Path directory) throws Exception {
        portal.postAndWait(group, null);
        var text = Files.writeString(directory.resolve("figures.txt"), exposed());

        var checked = Promtool.run(text, "check", "metrics");

        // 3 says that it takes them, but that some of the libraries' names or texts are not to its taste.
        assertThat(checked.status()).as(checked.output()).isIn(0, 3);
        assertThat(checked.output().lines().filter(ExposedMetricsIT::isOurs)).isEmpty();
    }

    private String exposed() throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + managementPort + "/actuator/prometheus");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
