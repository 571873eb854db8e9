package dev.deprovisioner.dependency;

import dev.deprovisioner.dependency.DependencyProperties.GenesysReference;

/** One kind of reference to a group. It reports every reference that it cannot rule out. */
interface GroupCheck {

    /** As {@code deprovisioner.dependency.genesys-references} names it. */
    GenesysReference reference();

    /** @throws dev.deprovisioner.problem.Fault if the provider gives no answer to rely on */
    Findings check(CheckedGroup group);
}
