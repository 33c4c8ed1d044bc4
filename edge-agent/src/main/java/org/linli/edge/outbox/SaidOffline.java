package org.linli.edge.outbox;

import java.util.Map;
import org.linli.event.DeviceId;
import org.linli.event.Kind;

/** The devices that the gateway has reported offline, as recorded on disk. */
public interface SaidOffline {

  /** The state when the outbox was opened. */
  Map<DeviceId, Kind> atStart();
}
