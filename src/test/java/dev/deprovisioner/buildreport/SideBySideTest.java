package dev.deprovisioner.buildreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.springframework.core.annotation.AnnotatedElementUtils.isAnnotated;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.ClassUtils;

/** Tests with a Spring context share it, and with it clocks that are stepped: no two of them run at the same time. */
class SideBySideTest {

    @Test
    void noTestWithASpringContextRunsBesideAnother() throws IOException {
        var withContext = testClasses().stream()
                .filter(type -> !type.isAnnotation())
                .filter(type -> isAnnotated(type, BootstrapWith.class) || isAnnotated(type, ContextConfiguration.class))
                .toList();
        assertThat(withContext).hasSizeGreaterThan(50).allMatch(SideBySideTest::runsAlone);
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

    private static boolean runsAlone(Class<?> type) {
        return findAnnotation(type, Isolated.class).isPresent()
                || findAnnotation(type, Execution.class)
                        .filter(execution -> execution.value() == ExecutionMode.SAME_THREAD)
                        .isPresent();
    }
}
