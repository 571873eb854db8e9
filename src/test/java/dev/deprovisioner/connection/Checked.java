package dev.deprovisioner.connection;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;

/** What a check of the connection finds, for tests of other packages. */
public final class Checked {

    private Checked() {}

    /** The code of each finding; of those that are not OK with the status, and the setting if there is one. */
    public static List<String> findings(BeanFactory service, GroupId group) {
        return service.getBean(ConnectionCheck.class).check(new Caller("portal"), group).findings().stream()
                .map(Checked::words)
                .toList();
    }

    static String words(Finding finding) {
        var setting = finding.setting() == null ? "" : " " + finding.setting();
        return finding.code().word() + (finding.status() == FindingStatus.OK ? "" : " " + finding.status() + setting);
    }
}
