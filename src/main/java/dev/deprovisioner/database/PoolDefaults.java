package dev.deprovisioner.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Bounds of the driver and a test of idle connections, for what an operator has not set. The driver prefers what the URL
 * says. Without them, a server that goes away silently would hold a thread for as long as the kernel retries.
 */
@Component
class PoolDefaults implements BeanPostProcessor {

    /** In seconds. No answer comes later than the end of a statement, which the server bounds more tightly. */
    static final Map<String, String> DRIVER =
            Map.of("socketTimeout", "30", "connectTimeout", "5", "tcpKeepAlive", "true");

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && pool.getJdbcUrl() != null) {
            switch (DatabaseKind.ofUrl(pool.getJdbcUrl())) {
                case POSTGRESQL -> {
                    DRIVER.forEach(pool.getDataSourceProperties()::putIfAbsent);
                    testBy(WritableServer.QUERY, pool);
                }
                // After its disk was full or broken, H2 has to be opened again; until then its connections seem valid.
                case H2 -> testBy("SELECT 1", pool);
            }
        }
        return bean;
    }

    private static void testBy(String query, HikariDataSource pool) {
        if (pool.getConnectionTestQuery() == null) {
            pool.setConnectionTestQuery(query);
        }
    }
}
