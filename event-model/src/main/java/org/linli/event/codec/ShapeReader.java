package org.linli.event.codec;

import org.linli.event.Batch;
import org.linli.event.EventType;
import org.linli.event.Kind;
import org.linli.event.Values;
import org.linli.event.wire.ColumnsWire.Shape;

/**
 * What events with the same kind, type and columns have in common.
 *
 * @param columns the indices of the columns that hold the values
 */
record ShapeReader(Kind kind, EventType type, int[] columns) {

  /** Reads a shape; does not check whether its columns exist. */
  static ShapeReader of(WireCursor message) throws MalformedException {
    int kind = 0;
    String type = "";
    int[] columns = {};
    while (!message.atEnd()) {
      switch (message.field()) {
        case Shape.KIND_FIELD_NUMBER -> kind = message.number("kind", Kind.values().length);
        case Shape.TYPE_FIELD_NUMBER -> type = message.text("type");
        case Shape.COLUMNS_FIELD_NUMBER -> {
          WireCursor indices = message.nested("the columns of a shape");
          int count = indices.entries();
          if (count > Values.MAX_COUNT) {
            throw new MalformedException(
                "a shape has " + count + " columns where at most " + Values.MAX_COUNT + " can be");
          }
          columns = new int[count];
          for (int i = 0; i < count; i++) {
            columns[i] = indices.index(Batch.MAX_VALUES);
          }
          indices.expectEnd();
        }
        default -> throw new MalformedException("a shape has a field that is not known");
      }
    }
    try {
      return new ShapeReader(WireKind.of(kind), new EventType(type), columns);
    } catch (IllegalArgumentException broken) {
      throw new MalformedException("a shape: " + broken.getMessage());
    }
  }
}
