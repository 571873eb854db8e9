package dev.deprovisioner.connection;

import dev.deprovisioner.identifier.Caller;
import dev.deprovisioner.identifier.GroupId;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.beans.factory.BeanFactory;

/** What a check of the connection finds, for tests of other packages. */
public final class Checked {

    private Checked() {}

    /** The code of each finding; of those that are not OK with the status, and the setting if there is one. */
    public static List<String> findings(BeanFactory service, GroupId group) {
        return report(service, group).findings().stream().map(Checked::words).toList();
    }

    /** The details of all findings of this code. */
    public static String detail(BeanFactory service, GroupId group, String code) {
        return report(service, group).findings().stream()
                .filter(finding -> finding.code().word().equals(code))
                .map(Finding::detail)
                .collect(Collectors.joining(" "));
    }

    /** The rest of the provider's rate limit, such as {@code 12 of 300}; empty if it is not known. */
    public static String budget(BeanFactory service, GroupId group) {
        var budget = report(service, group).budget();
        return budget == null ? "" : budget.remaining() + " of " + budget.limit();
    }

    private static ConnectionReport report(BeanFactory service, GroupId group) {
        return service.getBean(ConnectionCheck.class).check(new Caller("portal"), group);
    }

    static String words(Finding finding) {
        var setting = finding.setting() == null ? "" : " " + finding.setting();
        return finding.code().word() + (finding.status() == FindingStatus.OK ? "" : " " + finding.status() + setting);
    }
}
