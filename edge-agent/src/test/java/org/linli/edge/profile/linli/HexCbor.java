package org.linli.edge.profile.linli;

import java.util.HexFormat;
import java.util.List;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Refusal;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.TestProfiles;
import org.linli.event.DeviceEvent;

/**
 * What comes of CBOR that a door sends, byte by byte, as RFC 8949 writes it. In the hex, {@code
 * TYPE} stands for the field {@code "type":"a"}, {@code MEASURED} for that of a measurement, {@code
 * TIME} for the name {@code "time"} and {@code V} for {@code "values"} with one entry {@code "v"}.
 */
final class HexCbor {

  private HexCbor() {}

  /** The events of a message that must have been understood. */
  static List<DeviceEvent> understood(String hex) {
    return TestProfiles.events(interpret(bytes(hex)));
  }

  /** Why a message was refused that must have been. */
  static Refusal refusal(String hex) {
    return TestProfiles.refusal(interpret(bytes(hex)));
  }

  static Interpreted interpret(byte[] cbor) {
    return OneDoor.interpret(Format.LINLI_CBOR, cbor);
  }

  static byte[] bytes(String hex) {
    return HexFormat.of()
        .parseHex(
            hex.replace("BIG", "01".repeat(130))
                .replace("MEASURED", "64747970656b6d6561737572656d656e74")
                .replace("TYPE", "64747970656161")
                .replace("TIME", "6474696d65")
                .replace("V", "6676616c756573a16176")
                .replace(" ", ""));
  }
}
