package dev.deprovisioner.testbed;

import dev.deprovisioner.DeprovisionerApplication;
import dev.deprovisioner.buildreport.Start;
import java.util.Set;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Records the start of each Spring application for the build report, also of one that then fails to start. */
final class ContextStarts implements SpringApplicationRunListener {

    private final SpringApplication application;

    ContextStarts(SpringApplication application) {
        this.application = application;
    }

    /** Later than the initializers, by which a test slice turns auto-configuration off. */
    @Override
    public void contextPrepared(ConfigurableApplicationContext context) {
        kindOf(application.getAllSources(), context.getEnvironment()).record();
    }

    static Start kindOf(Set<Object> sources, Environment environment) {
        if (sources.contains(TokenServerSetup.class)) {
            return Start.TOKEN_SERVER;
        }
        return sources.contains(DeprovisionerApplication.class) && isAutoConfigured(environment)
                ? Start.APPLICATION
                : Start.SLICE;
    }

    private static boolean isAutoConfigured(Environment environment) {
        return environment.getProperty(EnableAutoConfiguration.ENABLED_OVERRIDE_PROPERTY, Boolean.class, true);
    }
}
