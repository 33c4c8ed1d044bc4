package org.linli.event.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linli.event.Value;
import org.linli.event.wire.ColumnsWire.Column;
import org.linli.event.wire.ColumnsWire.Columns;

/** Gathers the values of one key and form, then writes them as a {@code Column}. */
final class ValueColumnWriter {

  /** The approximate cost of a raw double, in bytes. */
  private static final double RAW_COST = 8;

  /** The approximate cost of one more decimal digit, in bytes. */
  private static final double DIGIT_COST = 0.42;

  private final String key;
  private final ValueForm form;

  /** Whole numbers, the bits of doubles, 0 or 1, or the numbers of texts. */
  private long[] values = new long[8];

  private int[] devices = new int[8];
  private int count;

  ValueColumnWriter(String key, ValueForm form) {
    this.key = key;
    this.form = form;
  }

  /** The strings of all columns, in the order of their first use by a written column. */
  static final class Texts {

    private static final int UNUSED = 0;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final WireBuffer written = new WireBuffer(32);
    private int[] codes = {};
    private int writtenCount;

    private int number(String text) {
      Integer known = numbers.putIfAbsent(text, texts.size());
      if (known != null) {
        return known;
      }
      texts.add(text);
      return texts.size() - 1;
    }

    /** 0 for a string that no column used before, otherwise its index + 1. */
    private int code(int number) {
      if (codes.length < texts.size()) {
        codes = Arrays.copyOf(codes, texts.size());
      }
      int code = codes[number];
      if (code == UNUSED) {
        written.text(Columns.TEXTS_FIELD_NUMBER, texts.get(number), false);
        codes[number] = ++writtenCount;
      }
      return code;
    }

    WireBuffer written() {
      return written;
    }
  }

  void add(int device, Value value, Texts texts) {
    if (count == values.length) {
      values = Arrays.copyOf(values, count * 2);
      devices = Arrays.copyOf(devices, count * 2);
    }
    devices[count] = device;
    values[count++] =
        switch (value) {
          case Value.Whole whole -> whole.number();
          case Value.Real real -> Double.doubleToRawLongBits(real.number());
          case Value.Truth truth -> truth.truth() ? 1 : 0;
          case Value.Text text -> texts.number(text.text());
        };
  }

  WireBuffer write(LastValues last, Texts texts) {
    WireBuffer column = new WireBuffer(32 + 2 * count);
    column.text(Column.KEY_FIELD_NUMBER, key, true);
    column.number(Column.FORM_FIELD_NUMBER, form.wireNumber());
    switch (form) {
      case WHOLE -> writeWholes(column, last);
      case REAL -> writeReals(column, last);
      case TRUTH -> writeTruths(column);
      case TEXT -> writeTexts(column, texts);
    }
    return column;
  }

  private void writeWholes(WireBuffer column, LastValues last) {
    WireBuffer numbers = new WireBuffer(16 + 2 * count);
    last.beginColumn();
    for (int i = 0; i < count; i++) {
      numbers.zigzag(values[i] - last.before(devices[i]));
      last.put(devices[i], values[i]);
    }
    column.column(Column.NUMBERS_FIELD_NUMBER, numbers);
  }

  private void writeReals(WireBuffer column, LastValues last) {
    int scale = bestScale();
    WireBuffer mantissas = new WireBuffer(16 + 2 * count);
    WireBuffer rawAt = new WireBuffer(16);
    int[] raws = new int[count];
    int rawCount = 0;
    int lastRaw = -1;
    last.beginColumn();
    for (int i = 0; i < count; i++) {
      double number = Double.longBitsToDouble(values[i]);
      if (scale != Decimals.NONE && Decimals.fits(number, scale)) {
        long mantissa = Decimals.mantissa(number, scale);
        mantissas.zigzag(mantissa - last.before(devices[i]));
        last.put(devices[i], mantissa);
      } else {
        rawAt.varint(i - lastRaw - 1);
        lastRaw = i;
        raws[rawCount++] = i;
      }
    }
    column.column(Column.NUMBERS_FIELD_NUMBER, mantissas);
    column.number(Column.SCALE_FIELD_NUMBER, Math.max(0, scale));
    if (rawCount > 0) {
      if (rawCount < count) {
        column.column(Column.RAW_AT_FIELD_NUMBER, rawAt);
      }
      column.bytes(Column.RAW_FIELD_NUMBER, planes(raws, rawCount, last));
    }
  }

  private byte[] planes(int[] raws, int rawCount, LastValues last) {
    byte[] planes = new byte[rawCount * Long.BYTES];
    last.beginColumn();
    for (int i = 0; i < rawCount; i++) {
      int device = devices[raws[i]];
      long bits = values[raws[i]];
      long difference = bits - last.before(device);
      last.put(device, bits);
      long zigzag = difference << 1 ^ difference >> 63;
      for (int plane = 0; plane < Long.BYTES; plane++) {
        planes[plane * rawCount + i] = (byte) (zigzag >>> 56 - 8 * plane);
      }
    }
    return planes;
  }

  /**
   * The scale at which the column is smallest: with more digits every mantissa is longer, with
   * fewer more doubles are raw.
   */
  private int bestScale() {
    int[] ofScale = new int[Decimals.MAX_SCALE + 1];
    for (int i = 0; i < count; i++) {
      int scale = Decimals.scaleOf(Double.longBitsToDouble(values[i]));
      if (scale != Decimals.NONE) {
        ofScale[scale]++;
      }
    }
    int best = Decimals.NONE;
    double bestCost = count * RAW_COST;
    int decimals = 0;
    for (int scale = 0; scale < ofScale.length; scale++) {
      decimals += ofScale[scale];
      double cost = decimals * scale * DIGIT_COST + (count - decimals) * RAW_COST;
      if (ofScale[scale] > 0 && cost < bestCost) {
        best = scale;
        bestCost = cost;
      }
    }
    return best;
  }

  private void writeTruths(WireBuffer column) {
    byte[] bits = new byte[(count + 7) / 8];
    for (int i = 0; i < count; i++) {
      bits[i / 8] |= (byte) (values[i] << i % 8);
    }
    column.bytes(Column.BITS_FIELD_NUMBER, bits);
  }

  private void writeTexts(WireBuffer column, Texts texts) {
    WireBuffer indices = new WireBuffer(16 + count);
    for (int i = 0; i < count; i++) {
      indices.varint(texts.code((int) values[i]));
    }
    column.column(Column.TEXT_INDEX_FIELD_NUMBER, indices);
  }
}
