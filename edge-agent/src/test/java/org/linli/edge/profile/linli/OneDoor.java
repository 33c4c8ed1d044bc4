package org.linli.edge.profile.linli;

import static org.linli.edge.profile.TestProfiles.NOBODY;
import static org.linli.edge.profile.TestProfiles.RECEIVED;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/** A door that sends Linli JSON, or the same in CBOR. */
final class OneDoor {

  private static final LinliJson PROFILE = new LinliJson();

  private OneDoor() {}

  /** What comes of it. */
  static Interpreted interpret(Format format, byte[] payload) {
    return interpret(new Address.Device(format, "access", "door-1"), payload);
  }

  static Interpreted interpret(Address.Device address, byte[] payload) {
    return PROFILE.interpret(new Message("mqtt://door-1", address, payload, RECEIVED, NOBODY));
  }

  /** The events of JSON that must have been understood. */
  static List<DeviceEvent> understood(String json) {
    return TestProfiles.events(interpret(json));
  }

  /** Why JSON was refused that must have been. */
  static Refusal refusal(String json) {
    return TestProfiles.refusal(interpret(json));
  }

  private static Interpreted interpret(String json) {
    return interpret(Format.LINLI_JSON, json.getBytes(StandardCharsets.UTF_8));
  }
}
