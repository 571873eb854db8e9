package dev.deprovisioner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.deprovisioner.testbed.EarlierData;
import dev.deprovisioner.testbed.SteppedTime;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A trail that was sealed under an earlier schema verifies after its migration, and goes on. */
@Tag("slow")
class MigratedTrailTest {

    private static final AuditProperties WITHOUT_KEY = new AuditProperties(List.of(), null);

    private static long verified(DataSource database) {
        var trail = new AuditTrail(JdbcClient.create(database), WITHOUT_KEY);
        var manager = new DataSourceTransactionManager(database);
        var verification = new Verification(trail, new ChainStore(database), WITHOUT_KEY, manager, new SteppedTime());
        var result = verification.verify(Trail.AUDITOR, ChainHead.NONE, 1000);
        assertThat(result.broken()).isNull();
        return result.entries();
    }

    private static int sealed(DataSource database) {
        var transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
        return new Sealing(new ChainStore(database), WITHOUT_KEY, transactions).sealAll();
    }

    @ParameterizedTest
    @EnumSource
    void verifiesAndIsSealedFurther(EarlierData data) {
        var database = data.migrated();

        assertThat(verified(database)).isEqualTo(43);
        assertThat(sealed(database)).isEqualTo(1);
        assertThat(verified(database)).isEqualTo(44);
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatItsEntriesSay(EarlierData data) {
        var jdbc = JdbcClient.create(data.migrated());

        assertThat(jdbc.sql(
                                "SELECT action || ' ' || status FROM audit_entry WHERE group_id = 'failed' ORDER BY sequence")
                        .query(String.class)
                        .list())
                .containsSubsequence("REQUEST SUCCESS", "VALIDATE SUCCESS", "REMOVE_MEMBERS SUCCESS", "DELETE FAILED");
    }
}
