package org.linli.edge.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Says of each byte of a text whether it belongs to a picture in it. A picture is base64 (RFC 4648)
 * or hexadecimal digits, with line ends and spaces between the pieces of it as they are, as escapes
 * of JSON or as references of XML; or an array of such texts; or bytes as numbers. What could end
 * it is set aside until what follows shows whether it does. For one thread.
 *
 * <pre>
 *   "…AAAA\r\nAAAA…"   "…AAAA","AAAA…"   …AAAA&amp;#10;AAAA…   255,216,255   ff d8 ff   ff:d8:ff
 * </pre>
 */
final class PictureSyntax {

  /** Of signs in a row; what is shorter has no separators. */
  private static final int LONG_PIECE = 32;

  /** After so many signs what was set aside belongs to the picture. */
  private static final int ENOUGH = 48;

  /** As above, of the next text of an array: no name of a field is so long. */
  private static final int ENOUGH_OF_TEXT = 56;

  /** Prose has more words in {@link #ENOUGH} signs. */
  private static final int MOST_PIECES = 4;

  private static final int LONGEST_NUMBER = 4;
  private static final int MOST_ASIDE = 256;
  private static final int MOST_NESTED = 7;
  private static final int MOST_BACKSLASHES = 16;
  private static final int DIGITS = 4;
  private static final int LONGEST_REFERENCE = 10;
  private static final int HEX = 16;
  private static final String ENDS_A_TEXT = "<\"";

  private final PictureTarget target;
  private final byte[] aside = new byte[MOST_ASIDE];
  private int inAside;
  private PictureState state = PictureState.NONE;
  private int backslashes;
  private int signs;
  private int pieces;
  private boolean isNextText;
  private boolean isPadded;
  private boolean areOnlyLines;
  private boolean isLine;

  /** Where a reference, or the digits of an escape, begin in what is set aside. */
  private int part;

  /** Whether the present picture is of numbers. */
  private boolean hasNumbers;

  /** Whether what has come of it could be the first number. */
  private boolean mayBeNumber;

  /** Bytes that stand for themselves, whatever they are: the rest of an escape. */
  private int standing;

  PictureSyntax(PictureTarget target) {
    this.target = target;
  }

  /** The next byte. */
  void next(byte b) {
    switch (state) {
      case NONE -> free(b);
      case BETWEEN, PIECE -> piece(b);
      case REFERENCE -> reference(b);
      case ESCAPE -> escape(b);
      case DIGITS -> digits(b);
      case QUOTE -> quote(b);
      case COMMA -> comma(b);
      case AFTER_NUMBER, NUMBER -> number(b);
    }
  }

  private void free(byte b) {
    long present = target.present();
    if (standing > 0) {
      standing--;
      stands(b);
    } else if (b == '\\') {
      begin(PictureState.ESCAPE);
      backslashes = 1;
    } else if (PictureSigns.isEncoded(b) && !(b == '-' && present == 0)) {
      mayBeNumber =
          present == 0
              ? PictureSigns.isBeginningOfNumber(b)
              : mayBeNumber && present < LONGEST_NUMBER && PictureSigns.isOfNumber(b);
      target.belongs(b);
    } else if (b == '=' && target.isLong()) {
      target.belongs(b);
    } else if (present >= LONG_PIECE && (PictureSigns.isBetweenPieces(b) || b == '&' || b == '"')) {
      begin(b == '"' ? PictureState.QUOTE : PictureState.BETWEEN);
      next(b);
    } else if (mayBeNumber && present > 0 && PictureSigns.isBetweenNumbers(b)) {
      begin(PictureState.AFTER_NUMBER);
      next(b);
    } else {
      stands(b);
    }
  }

  /** Begins to set aside. */
  private void begin(PictureState first) {
    state = first;
    inAside = 0;
    backslashes = 0;
    signs = 0;
    pieces = 0;
    isNextText = false;
    isPadded = false;
    areOnlyLines = true;
    isLine = false;
  }

  private void stands(byte b) {
    ends();
    target.stands(b);
  }

  private void ends() {
    target.ends(hasNumbers);
    hasNumbers = false;
    mayBeNumber = false;
  }

  /**
   * Sets a byte aside, with the backslashes before it. False if there is no room for them: then
   * nothing is aside any more, and the byte has been taken as the next one.
   */
  private boolean setAside(byte b) {
    if (inAside + backslashes == aside.length) {
      giveBack(b);
      return false;
    }
    for (; backslashes > 0; backslashes--) {
      aside[inAside++] = '\\';
    }
    aside[inAside++] = b;
    return true;
  }

  /** What is aside belongs to the picture. */
  private void join() {
    state = PictureState.NONE;
    for (int i = 0; i < inAside; i++) {
      target.belongs(aside[i]);
    }
    inAside = 0;
    mayBeNumber = false;
  }

  /** What is aside does not belong to the picture, which ended before it; a byte follows. */
  private void giveBack(byte then) {
    giveBack();
    next(then);
  }

  private void giveBack() {
    byte[] back = Arrays.copyOf(aside, inAside);
    int escaping = mostBackslashes();
    state = PictureState.NONE;
    inAside = 0;
    backslashes = 0;
    ends();
    for (byte b : back) {
      next(b);
    }
    for (int i = 0; i < escaping; i++) {
      next((byte) '\\');
    }
  }

  /** Behind what is cut there may be any number, for which there is no room. */
  private int mostBackslashes() {
    return target.isCut() && backslashes > MOST_BACKSLASHES
        ? MOST_BACKSLASHES + backslashes % 2
        : backslashes;
  }

  private void piece(byte b) {
    if (PictureSigns.isEncoded(b) && !isPadded) {
      sign(b);
    } else if (b == '=' && state == PictureState.PIECE) {
      isPadded = true;
      var _ = setAside(b);
    } else if (!isNextText && PictureSigns.isBetweenPieces(b)) {
      separator(b);
    } else if (!isNextText && b == '&') {
      part = inAside;
      state = PictureState.REFERENCE;
      var _ = setAside(b);
    } else if (b == '\\') {
      state = PictureState.ESCAPE;
      backslashes = 1;
    } else if (!isNextText && areOnlyLines && pieces == 1 && ENDS_A_TEXT.indexOf(b) >= 0) {
      // The last line of many.
      join();
      next(b);
    } else {
      giveBack(b);
    }
  }

  private void sign(byte b) {
    pieces += state == PictureState.BETWEEN ? 1 : 0;
    state = PictureState.PIECE;
    signs++;
    if (setAside(b) && signs >= (isNextText ? ENOUGH_OF_TEXT : ENOUGH)) {
      join();
    }
  }

  private void separator(byte b) {
    // Lines may be indented.
    boolean isOfLine = !PictureSigns.isBlank(b) || state == PictureState.BETWEEN && isLine;
    areOnlyLines &= isOfLine;
    isLine = isOfLine;
    if (pieces >= MOST_PIECES) {
      giveBack(b);
      return;
    }
    isPadded = false;
    state = PictureState.BETWEEN;
    var _ = setAside(b);
  }

  /** Of a line that is not written as such. */
  private void lineEnds() {
    isLine = true;
    isPadded = false;
    state = PictureState.BETWEEN;
    if (pieces >= MOST_PIECES) {
      giveBack();
    }
  }

  private void reference(byte b) {
    if (!setAside(b)) {
      return;
    }
    if (b == ';' && PictureSigns.isReference(asideFrom(part))) {
      lineEnds();
    } else if (inAside - part > LONGEST_REFERENCE || b != '#' && !PictureSigns.isOfNumber(b)) {
      giveBack();
    }
  }

  private String asideFrom(int from) {
    return new String(aside, from, inAside - from, StandardCharsets.US_ASCII);
  }

  private void escape(byte b) {
    boolean isFirst = inAside == 0;
    boolean mayGoOn = target.present() >= LONG_PIECE && backslashes <= MOST_NESTED;
    if (b == '\\') {
      backslashes++;
    } else if (b == '/' && !isPadded && backslashes <= MOST_NESTED) {
      signs++;
      state = PictureState.PIECE;
      if (setAside(b) && isFirst) {
        join();
      }
    } else if (mayGoOn && !isNextText && "nrt".indexOf(b) >= 0) {
      if (setAside(b)) {
        lineEnds();
      }
    } else if (mayGoOn && b == 'u') {
      if (setAside(b)) {
        part = inAside;
        state = PictureState.DIGITS;
      }
    } else if (mayGoOn && isFirst && b == '"') {
      state = PictureState.QUOTE;
      var _ = setAside(b);
    } else if (isFirst) {
      escapes(b);
    } else {
      giveBack(b);
    }
  }

  /** An escape that belongs to no picture: nothing of it may be cut. */
  private void escapes(byte b) {
    int escaping = mostBackslashes();
    state = PictureState.NONE;
    backslashes = 0;
    for (int i = 0; i < escaping; i++) {
      stands((byte) '\\');
    }
    stands(b);
    standing = b == 'u' ? DIGITS : 0;
  }

  private void digits(byte b) {
    if (Character.digit(b, HEX) < 0) {
      giveBack(b);
    } else if (setAside(b) && inAside - part == DIGITS) {
      int character = Integer.parseInt(asideFrom(part), HEX);
      if (PictureSigns.mayBeEscaped(character)) {
        signs++;
        state = PictureState.PIECE;
        if (pieces == 0) {
          join();
        }
      } else if (!isNextText && (character == '\n' || character == '\r')) {
        lineEnds();
      } else {
        giveBack();
      }
    }
  }

  private void quote(byte b) {
    if (b == ',') {
      state = PictureState.COMMA;
      var _ = setAside(b);
    } else if (PictureSigns.isBetweenPieces(b) || b == '"' && inAside == 0) {
      var _ = setAside(b);
    } else {
      giveBack(b);
    }
  }

  private void comma(byte b) {
    if (b == '"') {
      isNextText = true;
      state = PictureState.BETWEEN;
      var _ = setAside(b);
    } else if (PictureSigns.isBetweenPieces(b) || isOfLineEnd(b)) {
      var _ = setAside(b);
    } else {
      giveBack(b);
    }
  }

  /** A backslash, or the letter behind it of the escape for white space. */
  private boolean isOfLineEnd(byte b) {
    boolean isLetter = inAside > 0 && aside[inAside - 1] == '\\' && "nrt".indexOf(b) >= 0;
    return b == '\\' || isLetter;
  }

  private void number(byte b) {
    boolean isBetween = PictureSigns.isBetweenNumbers(b) || isOfLineEnd(b);
    boolean goesOn = signs == 0 ? PictureSigns.isBeginningOfNumber(b) : PictureSigns.isOfNumber(b);
    if (goesOn && signs < LONGEST_NUMBER) {
      state = PictureState.NUMBER;
      signs++;
      var _ = setAside(b);
    } else if (state == PictureState.NUMBER && !PictureSigns.isEncoded(b) && b != '.') {
      join();
      hasNumbers = true;
      if (isBetween) {
        begin(PictureState.AFTER_NUMBER);
      }
      next(b);
    } else if (state == PictureState.AFTER_NUMBER && isBetween) {
      var _ = setAside(b);
    } else {
      giveBack(b);
    }
  }

  /** Looks for words in what is set aside. */
  void lookThrough(Beginning beginning) {
    beginning.look(aside, 0, inAside);
  }

  /** The text ends. */
  void end() {
    if (state == PictureState.NUMBER) {
      join();
      hasNumbers = true;
    } else if (state != PictureState.NONE && !(state == PictureState.ESCAPE && inAside == 0)) {
      giveBack();
    }
    int escaping = mostBackslashes();
    backslashes = 0;
    state = PictureState.NONE;
    for (int i = 0; i < escaping; i++) {
      stands((byte) '\\');
    }
    ends();
  }
}
