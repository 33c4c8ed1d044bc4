package org.linli.edge.profile.zkteco;

/**
 * How a door controller names the fields of an event (ZKTeco, "Security PUSH Communication
 * Protocol", real-time events and table transaction).
 */
record FieldNames(String code, String door, String time, String direction, String verification) {

  /** Of an event that it sends when it happens. */
  static final FieldNames AT_ONCE =
      new FieldNames("event", "eventaddr", "time", "inoutstatus", "verifytype");

  /**
   * Of an event that it kept while nobody took it, and that has the same {@code index} as at once.
   */
  static final FieldNames KEPT =
      new FieldNames("eventtype", "doorid", "time_second", "inoutstate", "verified");
}
