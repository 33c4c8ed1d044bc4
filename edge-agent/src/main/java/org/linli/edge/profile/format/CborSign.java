package org.linli.edge.profile.format;

import static org.linli.edge.profile.format.CborCursor.MAP;

import org.linli.edge.profile.Unreadable;

/** Recognises CBOR (RFC 8949) that nothing says to be CBOR. */
public final class CborSign {

  private CborSign() {}

  /** Whether that is one whole array or map of CBOR, which no text begins as. */
  public static boolean isOn(byte[] bytes) {
    CborCursor cursor = new CborCursor(bytes, new CborPlace(bytes, "", 0, false));
    try {
      int major = cursor.peekMajor();
      new CborSkip(cursor).item();
      return cursor.left() == 0 && (major == MAP || major == MAP - 1);
    } catch (Unreadable none) {
      return false;
    }
  }
}
