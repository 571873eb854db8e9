package dev.deprovisioner.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The page that says what is stored, why and for how long, names every column there is, and no other. */
class StoredDataTest {

    private static final Path PAGE = Path.of("docs/stored-data.md");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    @Test
    void namesEveryColumnOnce() throws IOException {
        assertThat(described()).isEqualTo(columns());
    }

    private static Set<String> columns() {
        var database = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        return new TreeSet<>(JdbcClient.create(database)
                .sql("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'PUBLIC'")
                .query((row, number) -> (row.getString(1) + "." + row.getString(2)).toLowerCase(Locale.ROOT))
                .list());
    }

    /** Each heading that is a table's name is followed by rows that begin with names of its columns. */
    private static Set<String> described() throws IOException {
        var described = new TreeSet<String>();
        String table = "";
        for (var line : Files.readAllLines(PAGE)) {
            if (line.startsWith("## ")) {
                table = line.substring(3);
            } else if (line.startsWith("| `") && !line.contains("`deprovisioner.")) {
                var ofTable = table + ".";
                NAME.matcher(line.split("\\|", 3)[1])
                        .results()
                        .forEach(name -> assertThat(described.add(ofTable + name.group(1)))
                                .as(ofTable + name.group(1))
                                .isTrue());
            }
        }
        return described;
    }
}
