package dev.deprovisioner;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** With a log for machines. */
@TestPropertySource(properties = "logging.structured.format.console=ecs")
class HostileInputInJsonIT extends HostileApplication {

    @Autowired
    HostileInputInJsonIT(@LocalServerPort int port, @LocalManagementPort int managementPort, LoggingSystem logging) {
        super(port, managementPort, logging);
    }

    /** Spring Boot leaves the setting behind, where the next application of this JVM would find it. */
    @AfterAll
    static void forgetTheFormat() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
    }

    @Override
    List<String> forged(List<String> lines) {
        return lines.stream().filter(line -> !isRecord(line)).toList();
    }

    private static boolean isRecord(String line) {
        try {
            var log = JsonMapper.shared().readTree(line).path("log");
            return log.path("level").isString() && log.path("logger").isString();
        } catch (JacksonException e) {
            return false;
        }
    }
}
