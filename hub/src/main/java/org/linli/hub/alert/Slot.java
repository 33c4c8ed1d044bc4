package org.linli.hub.alert;

/**
 * Where there can be one unresolved alert.
 *
 * @param source id of the device or gateway
 */
record Slot(String source, String key) {

  static Slot of(Alert alert) {
    return new Slot(alert.cause().source().id(), alert.cause().key());
  }
}
