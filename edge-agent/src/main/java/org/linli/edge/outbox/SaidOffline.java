package org.linli.edge.outbox;

import java.util.Map;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** Of which devices the gateway said, and has on disk, that they are offline. */
public interface SaidOffline {

  /** As it was when the outbox was opened. */
  Map<DeviceId, Kind> atStart();
}
