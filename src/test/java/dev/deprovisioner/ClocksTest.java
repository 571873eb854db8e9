package dev.deprovisioner;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.deprovisioner.testbed.ProductionClasses;
import java.time.Clock;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Production code asks the system for the time in one place, so that a test can step every clock. What time of day it is,
 * the database says: a process whose own clock is wrong, or is set, does nothing else than the others.
 */
class ClocksTest {

    private final JavaClasses classes = ProductionClasses.ALL;

    @Test
    void onlyTheMonotonicClockAsksTheSystem() {
        var asking = classes.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> isSystemTime(access.getTarget()))
                .map(ClocksTest::described)
                .toList();

        assertThat(asking).containsExactly("ClockConfiguration asks System.nanoTime");
    }

    private static String described(JavaAccess<?> access) {
        var target = access.getTarget();
        return access.getOriginOwner().getSimpleName() + " asks "
                + target.getOwner().getSimpleName() + "." + target.getName();
    }

    private static boolean isSystemTime(AccessTarget target) {
        var name = target.getName();
        return switch (target.getOwner().getName()) {
            case "java.lang.System" -> name.equals("nanoTime") || name.equals("currentTimeMillis");
            case "java.time.Clock", "java.time.InstantSource" ->
                (name.startsWith("system") || name.startsWith("tick")) && !isGivenAClock(target);
            case "java.util.Date" -> name.equals("<init>") && parameters(target).isEmpty();
            case "java.util.Calendar" -> name.equals("getInstance");
            case "io.github.bucket4j.TimeMeter" -> name.startsWith("SYSTEM");
            default ->
                target.getOwner().getPackageName().startsWith("java.time")
                        && name.equals("now")
                        && !isGivenAClock(target);
        };
    }

    private static boolean isGivenAClock(AccessTarget target) {
        return parameters(target).contains(Clock.class.getName());
    }

    private static Set<String> parameters(AccessTarget target) {
        return target instanceof CodeUnitAccessTarget unit
                ? unit.getRawParameterTypes().stream().map(JavaClass::getName).collect(toSet())
                : Set.of();
    }
}
