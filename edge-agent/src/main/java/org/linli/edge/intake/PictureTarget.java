package org.linli.edge.intake;

/** Learns what belongs to a picture, and where it ends. */
interface PictureTarget {

  /** Bytes of the present picture. */
  long present();

  /** Whether it is so long that it is one. */
  boolean isLong();

  /** Whether it is thrown away as it comes. */
  boolean isCut();

  /** The next byte of the present picture, or the first of one. */
  void belongs(byte b);

  /** The next byte, which belongs to none. */
  void stands(byte b);

  /**
   * The present picture ends; it may have no bytes.
   *
   * @param hasNumbers whether its bytes are written as numbers
   */
  void ends(boolean hasNumbers);
}
