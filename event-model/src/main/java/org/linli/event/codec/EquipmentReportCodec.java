package org.linli.event.codec;

import org.linli.event.EquipmentReport;

/**
 * The wire form of a gateway's report on {@code up/equipment}: a Protocol Buffers message in one
 * zstd frame. docs/protocol.md describes it for other languages.
 */
public final class EquipmentReportCodec {

  /** The most bytes of a frame; a longer one is refused unread. */
  public static final int MAX_BYTES = 512 * 1024;

  /** The most bytes that a frame may unpack to; more is refused before it is unpacked. */
  public static final int MAX_UNPACKED_BYTES = 1024 * 1024;

  private EquipmentReportCodec() {}

  /** The frame of a report. */
  public static byte[] encode(EquipmentReport report) {
    return ZstdFrame.pack(EquipmentMessage.write(report));
  }

  /** Never throws: bytes that are not a report give {@link Decoded.Refused}. */
  public static Decoded decode(byte[] bytes) {
    try {
      return new Decoded.Read(
          EquipmentMessage.read(
              ZstdFrame.unpack("the report of equipment", bytes, MAX_BYTES, MAX_UNPACKED_BYTES)));
    } catch (MalformedException malformed) {
      return new Decoded.Refused(malformed.sentence());
    } catch (IllegalArgumentException broken) {
      return new Decoded.Refused(
          "the report of equipment contradicts itself: " + broken.getMessage());
    }
  }

  /** The result of decoding. */
  public sealed interface Decoded {

    record Read(EquipmentReport report) implements Decoded {}

    /** Not a report: {@code detail} is a sentence that says where and why. */
    record Refused(String detail) implements Decoded {}
  }
}
