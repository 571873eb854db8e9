package dev.deprovisioner.buildreport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;
import static org.springframework.core.annotation.AnnotatedElementUtils.isAnnotated;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.ContextConfiguration;

/** Tests with a Spring context share it, and with it clocks that are stepped: no two of them run at the same time. */
class SideBySideTest {

    @Test
    void noTestWithASpringContextRunsBesideAnother() {
        var tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("dev.deprovisioner");
        var withContext = tests.stream()
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::reflect)
                .filter(type -> !type.isAnnotation())
                .filter(type -> isAnnotated(type, BootstrapWith.class) || isAnnotated(type, ContextConfiguration.class))
                .toList();
        assertThat(withContext).hasSizeGreaterThan(50).allMatch(SideBySideTest::runsAlone);
    }

    private static boolean runsAlone(Class<?> type) {
        return findAnnotation(type, Isolated.class).isPresent()
                || findAnnotation(type, Execution.class)
                        .filter(execution -> execution.value() == ExecutionMode.SAME_THREAD)
                        .isPresent();
    }
}
