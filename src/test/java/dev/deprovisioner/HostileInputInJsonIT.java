package dev.deprovisioner;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** With a log for machines. */
@Isolated("Reads the log of this JVM")
class HostileInputInJsonIT extends HostileApplication {

    @Autowired
    HostileInputInJsonIT(@LocalServerPort int port, @LocalManagementPort int managementPort, LoggingSystem logging) {
        super(port, managementPort, logging);
    }

    @BeforeEach
    void setUpLog() {
        ServiceLog.setUp("--logging.structured.format.console=ecs");
    }

    @AfterEach
    void restoreLog() {
        ServiceLog.setUp();
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
