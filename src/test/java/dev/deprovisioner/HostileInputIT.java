package dev.deprovisioner;

import dev.deprovisioner.hostile.Forgery;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;

/** With a log for people. */
@Isolated("Reads the log of this JVM")
class HostileInputIT extends HostileApplication {

    /** A record begins with its time, level and process; the lines of an exception are indented, or empty between them. */
    private static final Pattern LINE =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\S+ +(TRACE|DEBUG|INFO|WARN|ERROR) \\d+ --- \\[|    ).*|");

    @Autowired
    HostileInputIT(@LocalServerPort int port, @LocalManagementPort int managementPort, LoggingSystem logging) {
        super(port, managementPort, logging);
    }

    @BeforeEach
    void setUpLog() {
        ServiceLog.setUp();
    }

    @Test
    void answersEachAndSendsNothing(CapturedOutput output) {
        survives(Integer.getInteger("hostile.requests", 2_000), output);
    }

    @Override
    List<String> forged(List<String> lines) {
        return lines.stream()
                .filter(line ->
                        line.startsWith(Forgery.BEGIN) || !LINE.matcher(line).matches())
                .toList();
    }
}
