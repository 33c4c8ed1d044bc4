package org.linli.edge.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import org.linli.event.DeviceId;

/**
 * The last state that was read of each signal of a device, for formats that repeat a state with
 * every message: only a change is an event. After a start the first state that is read is one. Past
 * {@value #MOST} signals the one that has been silent longest is forgotten.
 */
public final class Changes {

  private static final int MOST = 50_000;

  private final Map<Signal, Object> states = new LinkedHashMap<>(16, 0.75f, true);

  private record Signal(DeviceId device, String name) {}

  /**
   * Notes the state, and takes that back where the message cannot be kept.
   *
   * @return whether it was another one before, or none was known
   */
  public boolean isChange(Reading reading, Subject subject, String name, Object state) {
    Signal signal = new Signal(subject.device(), name);
    synchronized (states) {
      Object before = states.put(signal, state);
      if (states.size() > MOST) {
        states.remove(states.keySet().iterator().next());
      }
      if (state.equals(before)) {
        return false;
      }
    }
    reading.ifNotKept(
        () -> {
          synchronized (states) {
            states.remove(signal);
          }
        });
    return true;
  }
}
