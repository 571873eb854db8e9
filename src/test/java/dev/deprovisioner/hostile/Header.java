package dev.deprovisioner.hostile;

record Header(String name, String value) {}
