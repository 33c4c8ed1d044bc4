package org.linli.hub.alert;

import org.linli.event.DeviceId;

/** Where a device can have one unresolved alert. */
record Slot(DeviceId device, String key) {

  static Slot of(Alert alert) {
    return new Slot(alert.cause().device(), alert.cause().key());
  }
}
