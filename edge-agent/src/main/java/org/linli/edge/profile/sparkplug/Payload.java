package org.linli.edge.profile.sparkplug;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/**
 * A payload by the table of fields in Sparkplug 3.0 section 6.4, read field by field. Unused fields
 * are skipped. It never allocates by a declared length: every length is compared with the bytes
 * that are there.
 *
 * @param millis since 1970; null if it has no time
 * @param sequence 0 to 255; null if it has none
 */
record Payload(@Nullable Long millis, List<Metric> metrics, @Nullable Long sequence) {

  /** Most metrics in one message. */
  static final int MOST_METRICS = 4_096;

  private static final String COMPRESSED = "SPBV1.0_COMPRESSED";

  /**
   * @throws Unreadable if the bytes are not such a payload
   */
  static Payload read(byte[] bytes) throws Unreadable {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    try {
      return read(in);
    } catch (IOException broken) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD,
          "byte "
              + in.getTotalBytesRead()
              + ": the payload is not Sparkplug B in Protocol Buffers (Sparkplug 3.0 section 6.4)");
    }
  }

  private static Payload read(CodedInputStream in) throws IOException, Unreadable {
    Long millis = null;
    Long sequence = null;
    List<Metric> metrics = new ArrayList<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case 1 << 3 | WireFormat.WIRETYPE_VARINT -> millis = in.readUInt64();
        case 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          if (metrics.size() == MOST_METRICS) {
            throw new Unreadable(
                RefusalReason.TOO_LARGE, "a payload may hold at most " + MOST_METRICS + " metrics");
          }
          metrics.add(metric(in));
        }
        case 3 << 3 | WireFormat.WIRETYPE_VARINT -> sequence = in.readUInt64();
        case 4 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          if (in.readStringRequireUtf8().equals(COMPRESSED)) {
            throw new Unreadable(
                RefusalReason.UNSUPPORTED_FORMAT,
                "the payload is compressed, which is not read here; switch compression off");
          }
        }
        default -> skip(in, tag);
      }
    }
    return new Payload(millis, metrics, sequence);
  }

  private static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new IOException("a group ends that did not begin");
    }
  }

  private static Metric metric(CodedInputStream in) throws IOException {
    int end = in.pushLimit(in.readRawVarint32());
    String name = null;
    Long alias = null;
    Long millis = null;
    int type = 0;
    boolean historical = false;
    boolean isNull = false;
    Object value = null;
    boolean structure = false;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> name = in.readStringRequireUtf8();
        case 2 << 3 | WireFormat.WIRETYPE_VARINT -> alias = in.readUInt64();
        case 3 << 3 | WireFormat.WIRETYPE_VARINT -> millis = in.readUInt64();
        case 4 << 3 | WireFormat.WIRETYPE_VARINT -> type = in.readUInt32();
        case 5 << 3 | WireFormat.WIRETYPE_VARINT -> historical = in.readBool();
        case 7 << 3 | WireFormat.WIRETYPE_VARINT -> isNull = in.readBool();
        case 10 << 3 | WireFormat.WIRETYPE_VARINT -> value = in.readUInt32() & 0xffff_ffffL;
        case 11 << 3 | WireFormat.WIRETYPE_VARINT -> value = in.readUInt64();
        case 12 << 3 | WireFormat.WIRETYPE_FIXED32 -> value = in.readFloat();
        case 13 << 3 | WireFormat.WIRETYPE_FIXED64 -> value = in.readDouble();
        case 14 << 3 | WireFormat.WIRETYPE_VARINT -> value = in.readBool();
        case 15 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> value = in.readStringRequireUtf8();
        case 16 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> value = in.readByteArray();
        case 17 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED,
            18 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED,
            19 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
          value = in.readByteArray();
          structure = true;
        }
        default -> skip(in, tag);
      }
    }
    in.checkLastTagWas(0);
    in.popLimit(end);
    return new Metric(name, alias, millis, type, historical, isNull ? null : value, structure);
  }
}
