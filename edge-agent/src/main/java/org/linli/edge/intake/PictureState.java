package org.linli.edge.intake;

/** Where in a text {@link PictureSyntax} is. */
enum PictureState {
  /** Nothing is set aside. */
  NONE,
  /** In what may stand between two pieces of base64. */
  BETWEEN,
  /** In what may be the next piece. */
  PIECE,
  /** Within a reference of XML. */
  REFERENCE,
  /** After backslashes, which are counted and not set aside. */
  ESCAPE,
  /** In the digits of an escape. */
  DIGITS,
  /** After the quote at the end of a text. */
  QUOTE,
  /** After the comma between two texts. */
  COMMA,
  /** Between two numbers. */
  AFTER_NUMBER,
  /** In a number. */
  NUMBER
}
