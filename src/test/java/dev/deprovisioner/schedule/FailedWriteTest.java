package dev.deprovisioner.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The embedded database when its disk is full or broken: nothing counts as committed, and it goes on after that. */
class FailedWriteTest {

    private static volatile boolean failing;

    /** Public, as H2 makes others of its kind. */
    public static final class FailingFile extends FilePathWrapper {

        @Override
        public FileChannel open(String mode) throws IOException {
            return new FailingChannel(super.open(mode));
        }

        @Override
        public String getScheme() {
            return "failing";
        }
    }

    private static final class FailingChannel extends FileBaseDefault {

        private final FileChannel file;

        FailingChannel(FileChannel file) {
            this.file = file;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            if (failing) {
                throw new IOException("No space left on device");
            }
            return file.write(source, position);
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }

    @Test
    void endsWithTheFaultItself(@TempDir Path directory) throws Exception {
        FilePath.register(new FailingFile());
        try (var pool = pool("jdbc:h2:failing:" + directory.resolve("database") + ";WRITE_DELAY=0")) {
            var jdbc = new JdbcTemplate(pool);
            jdbc.execute("CREATE TABLE kept (id INT)");
            jdbc.update("INSERT INTO kept VALUES (1)");

            failing = true;
            assertThatThrownBy(() -> jdbc.update("INSERT INTO kept VALUES (2)"))
                    .isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> jdbc.update("INSERT INTO kept VALUES (3)"))
                    .isInstanceOf(DataAccessException.class);
            failing = false;

            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptionsInstanceOf(DataAccessException.class)
                    .until(() -> jdbc.update("INSERT INTO kept VALUES (4)") == 1);
            assertThat(jdbc.queryForList("SELECT id FROM kept ORDER BY id", Integer.class))
                    .containsExactly(1, 4);
        } finally {
            failing = false;
        }
    }

    private static HikariDataSource pool(String url) throws IOException {
        var settings = new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .getFirst();
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setConnectionTimeout(2000);
        var pool = "spring.datasource.hikari.";
        config.setConnectionTestQuery("SELECT 1");
        config.setExceptionOverrideClassName((String) settings.getProperty(pool + "exception-override-class-name"));
        return new HikariDataSource(config);
    }
}
