package dev.deprovisioner;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;

/** The log of this JVM, which its applications share: the first start decides on its form, and later ones keep that. */
final class ServiceLog {

    private ServiceLog() {}

    static class NoBeans {}

    /**
     * Sets the log up as a start of the service does. The application that this takes stays open: its end would cut
     * Tomcat's log off.
     *
     * @param settings as arguments; without any it is a log for people
     */
    static void setUp(String... settings) {
        LoggingSystem.get(ServiceLog.class.getClassLoader()).cleanUp();
        // Spring Boot leaves the setting behind, where the next start would find it.
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
        new SpringApplicationBuilder(NoBeans.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .run(settings);
    }
}
