package org.linli.program.settings;

/** A variable of Linli that is not a setting of a program but may be in the same environment. */
enum OtherVariable {
  /** Read by the script that starts the programs. */
  LINLI_HEAP,
  LINLI_SMALL,
  LINLI_JAVA_OPTIONS,
  LINLI_RESTART,
  LINLI_CACHE,
  /** Read by the containers' configuration. */
  LINLI_INFLUX_ADMIN_PASSWORD,
  /** Read by tests. */
  LINLI_REQUIRE_CONTAINERS,
  /** Reserved for a later version, which will publish events. */
  LINLI_KAFKA
}
