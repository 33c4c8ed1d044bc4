package org.linli.event.codec;

import org.linli.event.Kind;
import org.linli.event.wire.ColumnsWire;

/** The numbers of kinds on the wire. */
final class WireKind {

  private WireKind() {}

  static int number(Kind kind) {
    return switch (kind) {
      case ACCESS -> ColumnsWire.Kind.KIND_ACCESS_VALUE;
      case CAMERA -> ColumnsWire.Kind.KIND_CAMERA_VALUE;
      case ELEVATOR -> ColumnsWire.Kind.KIND_ELEVATOR_VALUE;
      case PARKING -> ColumnsWire.Kind.KIND_PARKING_VALUE;
      case ENVIRONMENT -> ColumnsWire.Kind.KIND_ENVIRONMENT_VALUE;
      case CARE -> ColumnsWire.Kind.KIND_CARE_VALUE;
      case POWER -> ColumnsWire.Kind.KIND_POWER_VALUE;
      case PARCEL -> ColumnsWire.Kind.KIND_PARCEL_VALUE;
    };
  }

  static Kind of(int number) throws MalformedException {
    for (Kind kind : Kind.values()) {
      if (number(kind) == number) {
        return kind;
      }
    }
    throw new MalformedException("a shape has kind " + number);
  }
}
