package dev.deprovisioner.benchmark;

import java.util.List;

/** What one measurement found, for the report. */
record Chapter(String title, String text, List<Finding> findings, List<Plot> plots) {}
