package dev.deprovisioner;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.deprovisioner.testbed.ProductionClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between packages run one way, and no package grows past its place. */
class PackageRulesTest {

    private static final String ROOT = "dev.deprovisioner";
    private static final Path SOURCES = Path.of("src/main/java/dev/deprovisioner");

    /** What each package may use besides itself. Every package may use {@code identifier}, {@code problem} and {@code setting}. */
    static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("", Set.of("clock", "database", "schedule")),
            Map.entry("identifier", Set.of()),
            Map.entry("problem", Set.of()),
            Map.entry("setting", Set.of()),
            Map.entry("clock", Set.of()),
            Map.entry("database", Set.of("clock")),
            Map.entry("tracing", Set.of()),
            Map.entry("paging", Set.of()),
            Map.entry("http", Set.of()),
            Map.entry("policy", Set.of()),
            Map.entry("schedule", Set.of("clock", "database")),
            Map.entry("audit", Set.of("clock", "database", "paging")),
            Map.entry("security", Set.of("clock", "database", "http", "policy")),
            Map.entry("upstream.ratelimit", Set.of("clock", "database")),
            Map.entry("upstream", Set.of("clock", "http", "upstream.ratelimit")),
            Map.entry("scim", Set.of("upstream")),
            Map.entry("dependency", Set.of("clock", "upstream", "upstream.ratelimit")),
            Map.entry("connection", Set.of("clock", "dependency", "policy", "scim", "upstream", "upstream.ratelimit")),
            Map.entry("webhook", Set.of("clock", "http", "database", "paging", "schedule", "tracing")),
            Map.entry("deprovision", Set.of("audit", "clock", "database", "schedule", "tracing")),
            Map.entry("deprovision.run", Set.of("clock", "database", "deprovision", "schedule", "tracing")),
            Map.entry(
                    "deprovision.step",
                    Set.of("clock", "deprovision", "deprovision.run", "scim", "dependency", "policy", "webhook")),
            Map.entry("deprovision.web", Set.of("deprovision", "paging", "policy")));

    private static final Set<String> FOR_ALL = Set.of("identifier", "problem", "setting");

    private static final JavaClasses CLASSES = ProductionClasses.ALL;

    @Test
    void arrowsRunOneWay() {
        var forbidden = CLASSES.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(arrow -> arrow.getTargetClass().getPackageName().startsWith(ROOT))
                .filter(arrow -> !mayUse(arrow.getOriginClass(), arrow.getTargetClass()))
                .map(arrow -> arrow.getDescription())
                .toList();
        assertThat(forbidden).isEmpty();
    }

    @Test
    void everyListedArrowIsUsed() {
        var used = CLASSES.stream()
                .collect(Collectors.groupingBy(
                        PackageRulesTest::packageOf,
                        TreeMap::new,
                        Collectors.flatMapping(PackageRulesTest::packagesUsedBy, Collectors.toSet())));
        assertThat(ALLOWED)
                .allSatisfy((from, to) -> assertThat(used.get(from))
                        .as(from.isEmpty() ? "the root" : from)
                        .containsAll(to));
    }

    private static Stream<String> packagesUsedBy(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(arrow -> arrow.getTargetClass())
                .filter(target -> target.getPackageName().startsWith(ROOT))
                .map(PackageRulesTest::packageOf);
    }

    private static boolean mayUse(JavaClass origin, JavaClass target) {
        var from = packageOf(origin);
        var to = packageOf(target);
        return from.equals(to)
                || FOR_ALL.contains(to)
                || ALLOWED.getOrDefault(from, Set.of()).contains(to);
    }

    @Test
    void noCircleRunsThroughPackages() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageIsKnownAndNullMarked() throws ClassNotFoundException {
        var packages = CLASSES.stream().map(PackageRulesTest::packageOf).collect(Collectors.toSet());
        assertThat(packages).isEqualTo(ALLOWED.keySet());
        for (var name : packages) {
            var info = Class.forName(ROOT + (name.isEmpty() ? "" : "." + name) + ".package-info");
            assertThat(info.isAnnotationPresent(NullMarked.class))
                    .as(info.getName())
                    .isTrue();
        }
    }

    @Test
    void noPackageGrowsPastAThirdOfTheCode() {
        var lines = new TreeMap<String, Long>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> lines.merge(String.valueOf(file.getParent()), count(file), Long::sum));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        long third = lines.values().stream().mapToLong(Long::longValue).sum() / 3;
        assertThat(lines).allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(third));
    }

    private static long count(Path file) {
        try (Stream<String> content = Files.lines(file)) {
            return content.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String packageOf(JavaClass type) {
        var name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }
}
