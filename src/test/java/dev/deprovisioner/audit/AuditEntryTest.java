package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.audit.AuditEntry.Action;
import dev.deprovisioner.audit.AuditEntry.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads accept any action and status; the API description names each one that the service writes. */
class AuditEntryTest {

    @Test
    void isDescribedWithAllThatIsWritten() throws IOException {
        var description = Files.readString(Path.of("docs/openapi.yaml"));
        var entry = description.substring(description.indexOf("\n    AuditEntry:"));

        var written = Stream.<Enum<?>>concat(Arrays.stream(Action.values()), Arrays.stream(Status.values()));
        assertThat(written).allSatisfy(value -> assertThat(entry).contains("`" + value.name() + "`"));
    }
}
