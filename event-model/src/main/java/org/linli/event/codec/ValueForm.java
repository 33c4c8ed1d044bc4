package org.linli.event.codec;

import org.linli.event.Value;
import org.linli.event.wire.ColumnsWire;

/** The four forms of a value, which decide what its column holds. */
enum ValueForm {
  WHOLE(ColumnsWire.Column.Form.FORM_WHOLE_VALUE),
  REAL(ColumnsWire.Column.Form.FORM_REAL_VALUE),
  TRUTH(ColumnsWire.Column.Form.FORM_TRUTH_VALUE),
  TEXT(ColumnsWire.Column.Form.FORM_TEXT_VALUE);

  private final int wireNumber;

  ValueForm(int wireNumber) {
    this.wireNumber = wireNumber;
  }

  int wireNumber() {
    return wireNumber;
  }

  static ValueForm of(Value value) {
    return switch (value) {
      case Value.Whole _ -> WHOLE;
      case Value.Real _ -> REAL;
      case Value.Truth _ -> TRUTH;
      case Value.Text _ -> TEXT;
    };
  }

  static ValueForm ofWireNumber(int number) throws MalformedException {
    return switch (number) {
      case ColumnsWire.Column.Form.FORM_WHOLE_VALUE -> WHOLE;
      case ColumnsWire.Column.Form.FORM_REAL_VALUE -> REAL;
      case ColumnsWire.Column.Form.FORM_TRUTH_VALUE -> TRUTH;
      case ColumnsWire.Column.Form.FORM_TEXT_VALUE -> TEXT;
      default -> throw new MalformedException("a column has form " + number);
    };
  }
}
