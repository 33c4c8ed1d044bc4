package org.linli.edge.intake;

/** The reply to what the gateway itself says of a device. */
public interface OwnReply extends Reply {

  /**
   * The device is not remembered any more, or never was: this is not to be said again. Called on
   * the writer thread, right before {@link #unavailable}.
   */
  void forgotten();
}
