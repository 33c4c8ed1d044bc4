package org.linli.event.codec;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.event.Value;
import org.linli.event.wire.ColumnsWire.Column;

/** The values of one key and form. */
final class ValueColumnReader {

  private static final int[] NOBODY = {};
  private static final Value[] NOTHING = {};
  private static final Value TRUE = new Value.Truth(true);
  private static final Value FALSE = new Value.Truth(false);

  private final String key;
  private final ValueForm form;
  private final int scale;
  private final WireCursor numbers;
  private final @Nullable WireCursor rawAt;
  private final WireCursor raw;
  private final WireCursor bits;
  private final WireCursor textIndex;

  private int[] devices = NOBODY;
  private int added;
  private Value[] values = NOTHING;
  private int next;

  private ValueColumnReader(
      String key,
      ValueForm form,
      int scale,
      WireCursor numbers,
      @Nullable WireCursor rawAt,
      WireCursor raw,
      WireCursor bits,
      WireCursor textIndex) {
    this.key = key;
    this.form = form;
    this.scale = scale;
    this.numbers = numbers;
    this.rawAt = rawAt;
    this.raw = raw;
    this.bits = bits;
    this.textIndex = textIndex;
  }

  static ValueColumnReader of(WireCursor message) throws MalformedException {
    String key = "";
    int form = 0;
    int scale = 0;
    WireCursor numbers = null;
    WireCursor rawAt = null;
    WireCursor raw = null;
    WireCursor bits = null;
    WireCursor textIndex = null;
    while (!message.atEnd()) {
      switch (message.field()) {
        case Column.KEY_FIELD_NUMBER -> key = message.text("the key of a column");
        case Column.FORM_FIELD_NUMBER -> form = message.number("the form of a column", 9);
        case Column.SCALE_FIELD_NUMBER ->
            scale = message.number("the scale of a column", Decimals.MAX_SCALE);
        case Column.NUMBERS_FIELD_NUMBER -> numbers = message.nested("numbers of " + key);
        case Column.RAW_AT_FIELD_NUMBER -> rawAt = message.nested("raw_at of " + key);
        case Column.RAW_FIELD_NUMBER -> raw = message.nested("raw of " + key);
        case Column.BITS_FIELD_NUMBER -> bits = message.nested("bits of " + key);
        case Column.TEXT_INDEX_FIELD_NUMBER -> textIndex = message.nested("text_index of " + key);
        default -> throw new MalformedException("column " + key + " has a field that is not known");
      }
    }
    return new ValueColumnReader(
        key,
        ValueForm.ofWireNumber(form),
        scale,
        numbers == null ? WireCursor.empty("numbers of " + key) : numbers,
        rawAt,
        raw == null ? WireCursor.empty("raw of " + key) : raw,
        bits == null ? WireCursor.empty("bits of " + key) : bits,
        textIndex == null ? WireCursor.empty("text_index of " + key) : textIndex);
  }

  /** The strings of all columns, in the order of their first use. */
  static final class Texts {

    private final List<String> texts;
    private final Value.Text[] used;
    private int first;

    Texts(List<String> texts) {
      this.texts = texts;
      this.used = new Value.Text[texts.size()];
    }

    private Value take(WireCursor indices) throws MalformedException {
      int code = indices.index(first);
      if (code > 0) {
        return used[code - 1];
      }
      if (first == used.length) {
        throw new MalformedException("texts ends too early");
      }
      try {
        used[first] = new Value.Text(texts.get(first));
      } catch (IllegalArgumentException broken) {
        throw new MalformedException("text " + (first + 1) + ": " + broken.getMessage());
      }
      return used[first++];
    }

    void expectEnd() throws MalformedException {
      if (first < used.length) {
        throw new MalformedException("texts has more texts than the values need");
      }
    }
  }

  String key() {
    return key;
  }

  /** Sets how many values the events have in this column; called before {@link #addDevice}. */
  void expect(int count) {
    devices = new int[count];
    values = new Value[count];
  }

  void addDevice(int device) {
    devices[added++] = device;
  }

  Value next() {
    return values[next++];
  }

  void read(LastValues last, Texts texts) throws MalformedException {
    switch (form) {
      case WHOLE -> readWholes(last);
      case REAL -> readReals(last);
      case TRUTH -> readTruths();
      case TEXT -> readTexts(texts);
    }
    numbers.expectEnd();
    raw.expectEnd();
    bits.expectEnd();
    textIndex.expectEnd();
    if (rawAt != null) {
      rawAt.expectEnd();
    }
  }

  private void readWholes(LastValues last) throws MalformedException {
    last.beginColumn();
    for (int i = 0; i < values.length; i++) {
      long number = last.before(devices[i]) + numbers.zigzag();
      last.put(devices[i], number);
      values[i] = new Value.Whole(number);
    }
  }

  private void readReals(LastValues last) throws MalformedException {
    int[] raws = raws();
    int nextRaw = 0;
    last.beginColumn();
    for (int i = 0; i < values.length; i++) {
      if (nextRaw < raws.length && raws[nextRaw] == i) {
        nextRaw++;
      } else {
        long mantissa = last.before(devices[i]) + numbers.zigzag();
        last.put(devices[i], mantissa);
        values[i] = new Value.Real(Decimals.number(mantissa, scale));
      }
    }
    last.beginColumn();
    for (int at : raws) {
      long zigzag = raw.plane(raws.length);
      long bits = last.before(devices[at]) + (zigzag >>> 1 ^ -(zigzag & 1));
      last.put(devices[at], bits);
      double number = Double.longBitsToDouble(bits);
      if (!Double.isFinite(number)) {
        throw new MalformedException("a number of " + key + " is " + number);
      }
      values[at] = new Value.Real(number);
    }
    raw.passPlanes(raws.length);
  }

  /** The indices of the values that are raw. */
  private int[] raws() throws MalformedException {
    int count = raw.remaining() / Long.BYTES;
    if (count > values.length || count * Long.BYTES != raw.remaining()) {
      throw new MalformedException(
          "raw of %s has %d bytes for %d numbers".formatted(key, raw.remaining(), values.length));
    }
    if (rawAt == null && count > 0 && count != values.length) {
      throw new MalformedException("raw_at of " + key + " is missing");
    }
    int[] raws = new int[count];
    int at = -1;
    for (int i = 0; i < count; i++) {
      at += 1 + (rawAt == null ? 0 : rawAt.index(values.length - at - 2));
      raws[i] = at;
    }
    return raws;
  }

  private void readTruths() throws MalformedException {
    int eight = 0;
    for (int i = 0; i < values.length; i++) {
      if (i % 8 == 0) {
        eight = bits.raw();
      }
      values[i] = (eight >> i % 8 & 1) == 1 ? TRUE : FALSE;
    }
  }

  private void readTexts(Texts texts) throws MalformedException {
    for (int i = 0; i < values.length; i++) {
      values[i] = texts.take(textIndex);
    }
  }
}
