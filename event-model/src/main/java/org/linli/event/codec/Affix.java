package org.linli.event.codec;

import org.linli.event.wire.ColumnsWire;

/**
 * The part of a text before the number at its end. With it {@code door-1-000123} travels as its
 * affix, sent once, and the number 123.
 *
 * @param width the least number of digits that the number is written with; 0 for a text without a
 *     number
 */
record Affix(Form form, String text, int width) implements Comparable<Affix> {

  enum Form {
    NONE(ColumnsWire.Affix.Form.FORM_NONE_VALUE),
    COUNTED(ColumnsWire.Affix.Form.FORM_COUNTED_VALUE),
    DEVICE_COUNTED(ColumnsWire.Affix.Form.FORM_DEVICE_COUNTED_VALUE),
    TEXT(ColumnsWire.Affix.Form.FORM_TEXT_VALUE);

    private final int wireNumber;

    Form(int wireNumber) {
      this.wireNumber = wireNumber;
    }

    int wireNumber() {
      return wireNumber;
    }
  }

  /** The most digits that a number has, so that it fits 64 bits with room to spare. */
  static final int MAX_DIGITS = 18;

  private static final long MAX_NUMBER = 999_999_999_999_999_999L;

  static final Affix NO_ID = new Affix(Form.NONE, "", 0);
  static final Affix LISTED = new Affix(Form.TEXT, "", 0);

  /** Also keeps hash tables of affixes fast when texts were made to collide. */
  @Override
  public int compareTo(Affix other) {
    int byText = text.compareTo(other.text);
    int byForm = byText != 0 ? byText : form.compareTo(other.form);
    return byForm != 0 ? byForm : Integer.compare(width, other.width);
  }

  /** The affix with these fields as read from a message. */
  static Affix ofWire(int form, String text, int width) throws MalformedException {
    for (Form one : Form.values()) {
      if (one.wireNumber == form) {
        Affix affix = new Affix(one, text, width);
        boolean counted = one == Form.COUNTED || one == Form.DEVICE_COUNTED;
        if (counted != affix.counted()) {
          throw new MalformedException("an affix of form " + one + " has width " + width);
        }
        return affix;
      }
    }
    throw new MalformedException("an affix has form " + form);
  }

  /** Returns the number; refuses one that no affix can have. */
  static long requireNumber(long number) throws MalformedException {
    if (number < 0 || number > MAX_NUMBER) {
      throw new MalformedException("a name or an id has the number " + number);
    }
    return number;
  }

  boolean counted() {
    return width > 0;
  }

  /** The affix of a device's name. */
  static Affix ofName(String name) {
    int digits = digitsStart(name);
    return digits == name.length()
        ? new Affix(Form.TEXT, name, 0)
        : new Affix(Form.COUNTED, name.substring(0, digits), width(name, digits));
  }

  /** The affix of an id that ends in digits; {@link #LISTED} for any other id. */
  static Affix ofId(String device, String id) {
    int digits = digitsStart(id);
    if (digits == id.length()) {
      return LISTED;
    }
    return digits >= device.length() && id.startsWith(device)
        ? new Affix(Form.DEVICE_COUNTED, id.substring(device.length(), digits), width(id, digits))
        : new Affix(Form.COUNTED, id.substring(0, digits), width(id, digits));
  }

  /** The number at the end of a text that ends in digits. */
  static long numberOf(String whole) {
    long number = 0;
    for (int i = digitsStart(whole); i < whole.length(); i++) {
      number = number * 10 + (whole.charAt(i) - '0');
    }
    return number;
  }

  /** Whether this affix and the number at the end of {@code whole} give {@code whole} again. */
  boolean fits(String device, String whole) {
    int before = form == Form.DEVICE_COUNTED ? device.length() : 0;
    int digits = before + text.length();
    int length = whole.length() - digits;
    if (!counted()
        || digits != digitsStart(whole)
        || length < width
        || length > width && whole.charAt(digits) == '0') {
      return false;
    }
    return whole.startsWith(text, before) && (before == 0 || whole.startsWith(device));
  }

  /** The text that this affix and the number give. */
  String with(String device, long number) {
    StringBuilder whole = new StringBuilder();
    if (form == Form.DEVICE_COUNTED) {
      whole.append(device);
    }
    whole.append(text);
    String digits = Long.toString(number);
    for (int i = digits.length(); i < width; i++) {
      whole.append('0');
    }
    return whole.append(digits).toString();
  }

  private static int width(String whole, int digits) {
    return whole.charAt(digits) == '0' ? whole.length() - digits : 1;
  }

  private static int digitsStart(String whole) {
    int start = whole.length();
    int lowest = Math.max(0, start - MAX_DIGITS);
    while (start > lowest && whole.charAt(start - 1) >= '0' && whole.charAt(start - 1) <= '9') {
      start--;
    }
    return start;
  }
}
