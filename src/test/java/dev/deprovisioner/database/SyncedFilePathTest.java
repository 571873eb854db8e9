package dev.deprovisioner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is written to the embedded database's file is on the disk when it counts as written. */
class SyncedFilePathTest {

    @ParameterizedTest
    @CsvSource({"rw, rwd", "rws, rws", "r, r"})
    void opensTheFileSoThatEveryWriteReachesTheDisk(String wanted, String opened) throws Exception {
        FilePath disk = mock();

        wrapped(disk).open(wanted);

        verify(disk).open(opened);
    }

    private static FilePathWrapper wrapped(FilePath disk) {
        return new SyncedFilePath().wrap(disk);
    }

    @Test
    void isChosenByTheUrl(@TempDir Path directory) {
        SyncedFilePath.register();
        var url = "jdbc:h2:retry:durable:" + directory.resolve("database") + ";WRITE_DELAY=0";
        var jdbc = new JdbcTemplate(new DriverManagerDataSource(url));
        jdbc.execute("CREATE TABLE kept (id INT)");

        assertThat(jdbc.update("INSERT INTO kept VALUES (1)")).isEqualTo(1);
        assertThat(directory.resolve("database.mv.db")).isNotEmptyFile();
    }

    @Test
    void isWhatTheServiceUses() throws Exception {
        var settings = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .getFirst();
        assertThat(settings.getProperty("spring.datasource.url"))
                .asString()
                .startsWith("jdbc:h2:retry:durable:")
                .contains("WRITE_DELAY=0");
    }
}
