package dev.deprovisioner.upstream;

/**
 * The questions of one run that may be thousands, such as those about its members. Surveys take turns with each other,
 * question by question: a small one does not wait until a large one is through. Equal only to itself.
 */
public final class Survey {}
