package dev.deprovisioner.dependency;

import dev.deprovisioner.identifier.MemberId;
import dev.deprovisioner.upstream.ratelimit.BulkRead;
import java.util.Optional;

/** One kind of check of each member. It reports every dependency that it cannot rule out. */
interface MemberCheck {

    /** As {@code deprovisioner.dependency.checks} names it. */
    DependencyProperties.Kind kind();

    /**
     * @param survey of the one run that asks
     * @throws dev.deprovisioner.problem.Fault if the provider gives no answer to rely on
     */
    Optional<Dependency> check(MemberId member, BulkRead survey);
}
