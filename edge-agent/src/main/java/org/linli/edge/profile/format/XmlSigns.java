package org.linli.edge.profile.format;

import java.util.Map;
import java.util.function.Consumer;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/**
 * Reads the signs of a document that is nearly XML, and tells what is wrong with them. For one
 * document.
 */
final class XmlSigns {

  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

  private static final int LONGEST_ENTITY = 12;

  /** How often the rest of the document is looked through. */
  private static final int MOST_ASKED = 64;

  private static final int HEX = 16;
  private static final int DECIMAL = 10;

  private final String document;
  private final Consumer<String> faults;
  private final Consumer<Unreadable> lost;
  private int at;
  private int asked;

  /**
   * @param lost takes what is not read, and may have been an alarm
   */
  XmlSigns(String document, Consumer<String> faults, Consumer<Unreadable> lost) {
    this.document = document;
    this.faults = faults;
    this.lost = lost;
  }

  boolean isAtEnd() {
    return at >= document.length();
  }

  boolean isAt(char wanted) {
    return !isAtEnd() && document.charAt(at) == wanted;
  }

  /** Steps over one sign; nothing steps beyond the end. */
  void next() {
    at = Math.min(document.length(), at + 1);
  }

  boolean skip(String wanted) {
    boolean isThere = document.startsWith(wanted, at);
    at += isThere ? wanted.length() : 0;
    return isThere;
  }

  /** What stands before that; the rest if it is not there. */
  String skipTo(String wanted) {
    int from = at;
    int found = document.indexOf(wanted, at);
    at = found < 0 ? document.length() : found;
    return document.substring(from, at);
  }

  String skipPast(String wanted) {
    String before = skipTo(wanted);
    at = Math.min(document.length(), at + wanted.length());
    return before;
  }

  /** Whether an element with that name ends somewhere; yes if that was asked too often. */
  boolean hasEnd(String name) {
    return ++asked > MOST_ASKED || document.indexOf("</" + name, at) >= 0;
  }

  /** Whether that is in what is still to be read. */
  boolean isStillToCome(String wanted) {
    return document.indexOf(wanted, at) >= 0;
  }

  /** Whether an element begins in what is still to be read. */
  boolean hasATag() {
    int open = document.indexOf('<', at);
    while (open >= 0
        && !(open + 1 < document.length() && isOfName(document.charAt(open + 1), true))) {
      open = document.indexOf('<', open + 1);
    }
    return open >= 0;
  }

  String rest() {
    return document.substring(at);
  }

  /** Whether a letter follows after the {@code <} at which this is. */
  boolean beginsATag() {
    return at + 1 < document.length() && isOfName(document.charAt(at + 1), true);
  }

  /** Text up to the next {@code <}. */
  String text() {
    return resolved(skipTo("<"));
  }

  String name() {
    int from = at;
    while (!isAtEnd() && isOfName(document.charAt(at), at == from)) {
      at++;
    }
    return document.substring(from, at);
  }

  static String withoutPrefix(String name) {
    return name.substring(name.lastIndexOf(':') + 1);
  }

  private static boolean isOfName(char c, boolean isFirst) {
    return Character.isLetter(c)
        || c == '_'
        || c == ':'
        || !isFirst && (Character.isDigit(c) || c == '-' || c == '.');
  }

  private void skipSpaces() {
    while (!isAtEnd() && document.charAt(at) <= ' ') {
      at++;
    }
  }

  /** Reads one more attribute of a tag; false if there is none, or the document breaks off. */
  boolean attribute(Map<String, String> attributes) {
    skipSpaces();
    if (isAtEnd() || isAt('>') || isAt('<') || document.startsWith("/>", at)) {
      return false;
    }
    String name = withoutPrefix(name());
    if (name.isEmpty()) {
      faults.accept("there is something in a tag that is no attribute");
      next();
      return true;
    }
    skipSpaces();
    if (!skip("=")) {
      faults.accept("an attribute has no value");
      return true;
    }
    skipSpaces();
    String value = value();
    if (!isAtEnd()) {
      attributes.putIfAbsent(name, resolved(value));
    }
    return true;
  }

  private String value() {
    if (isAt('"') || isAt('\'')) {
      String quote = String.valueOf(document.charAt(at));
      next();
      String value = skipPast(quote);
      if (value.indexOf('<') >= 0) {
        // Where its end is missing, it has swallowed what follows.
        lost.accept(
            Unreadable.quoting(RefusalReason.NOT_XML, "there is a bare < in an attribute", value));
      }
      return value;
    }
    faults.accept("an attribute has no quotes");
    int from = at;
    while (!isAtEnd()
        && document.charAt(at) > ' '
        && !isAt('>')
        && !document.startsWith("/>", at)) {
      at++;
    }
    return document.substring(from, at);
  }

  /** The text with its references replaced; one that nobody knows stays as it is. */
  private String resolved(String text) {
    int found = text.indexOf('&');
    if (found < 0) {
      return text;
    }
    StringBuilder resolved = new StringBuilder(text.length());
    int from = 0;
    for (; found >= 0; found = text.indexOf('&', from)) {
      resolved.append(text, from, found);
      int end = text.indexOf(';', found, Math.min(text.length(), found + LONGEST_ENTITY));
      String name = end < 0 ? "" : text.substring(found + 1, end);
      String means = name.startsWith("#") ? ofNumber(name) : ENTITIES.getOrDefault(name, "");
      if (means.isEmpty()) {
        faults.accept("there is a bare & or an unknown entity");
        resolved.append('&');
        from = found + 1;
      } else {
        if (name.equals("nbsp")) {
          faults.accept("there is an unknown entity: nbsp");
        }
        resolved.append(means);
        from = end + 1;
      }
    }
    return resolved.append(text, from, text.length()).toString();
  }

  private static String ofNumber(String reference) {
    try {
      int number =
          reference.startsWith("#x")
              ? Integer.parseInt(reference.substring(2), HEX)
              : Integer.parseInt(reference.substring(1), DECIMAL);
      return number >= ' ' && Character.isValidCodePoint(number)
          ? Character.toString(number)
          : "\uFFFD";
    } catch (NumberFormatException none) {
      return "";
    }
  }
}
