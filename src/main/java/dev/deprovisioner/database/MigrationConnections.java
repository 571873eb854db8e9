package dev.deprovisioner.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/** Connections for migrations, without the bounds of the pool: to build an index may take longer than a statement may. */
@Configuration(proxyBeanMethods = false)
class MigrationConnections {

    @Bean
    FlywayConfigurationCustomizer unboundedMigrations() {
        return flyway -> {
            var database = flyway.getDataSource();
            if (database != null && isPoolOfPostgres(database)) {
                flyway.dataSource(besides(database));
            }
        };
    }

    /** A role of its own for migrations has its own connections anyway. */
    private static boolean isPoolOfPostgres(DataSource database) {
        try {
            return database.isWrapperFor(HikariDataSource.class)
                    && DatabaseKind.ofUrl(
                                    database.unwrap(HikariDataSource.class).getJdbcUrl())
                            == DatabaseKind.POSTGRESQL;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static DataSource besides(DataSource database) {
        try {
            var pool = database.unwrap(HikariDataSource.class);
            var driver = new Properties();
            driver.putAll(pool.getDataSourceProperties());
            driver.put("socketTimeout", "0");
            var connections = DataSourceBuilder.derivedFrom(pool)
                    .type(SimpleDriverDataSource.class)
                    .build();
            connections.setConnectionProperties(driver);
            return connections;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
