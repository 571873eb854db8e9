package dev.deprovisioner.buildreport;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.springframework.core.annotation.AnnotatedElementUtils.isAnnotated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.test.context.BootstrapUtils;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/** Test classes share a Spring context, and with it stubs, tables and clocks: no two of one context run at the same time. */
class SideBySideTest {

    @Test
    void classesThatShareAContextTakeTurns() throws IOException {
        var turns = testClasses().stream()
                .filter(SideBySideTest::hasContext)
                .filter(type -> findAnnotation(type, Isolated.class).isEmpty())
                .collect(groupingBy(SideBySideTest::context, mapping(SideBySideTest::turn, toSet())));

        assertThat(turns).hasSizeGreaterThan(40);
        assertThat(turns.values()).allSatisfy(turn -> assertThat(turn).hasSize(1));
    }

    private static boolean hasContext(Class<?> type) {
        return !Modifier.isAbstract(type.getModifiers())
                && (isAnnotated(type, BootstrapWith.class) || isAnnotated(type, ContextConfiguration.class));
    }

    private static MergedContextConfiguration context(Class<?> type) {
        return BootstrapUtils.resolveTestContextBootstrapper(type).buildMergedContextConfiguration();
    }

    /** What the class waits for before it runs; its own name if it does not wait. */
    private static String turn(Class<?> type) {
        return findAnnotation(type, Execution.class)
                .map(execution -> execution.value().name())
                .or(() -> findAnnotation(type, ResourceLock.class).map(ResourceLock::value))
                .orElseGet(type::getName);
    }

    private static List<? extends Class<?>> testClasses() throws IOException {
        var resolver = new PathMatchingResourcePatternResolver();
        var root = Path.of("target/test-classes").toUri();
        return Arrays.stream(resolver.getResources(root + "dev/deprovisioner/**/*.class"))
                .map(file -> nameOf(root, file))
                .filter(name -> !name.contains("$") && !name.endsWith("package-info"))
                .<Class<?>>map(name -> ClassUtils.resolveClassName(name, null))
                .toList();
    }

    private static String nameOf(URI root, Resource file) {
        try {
            var path = root.relativize(file.getURI()).getPath();
            return path.substring(0, path.length() - ".class".length()).replace('/', '.');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
