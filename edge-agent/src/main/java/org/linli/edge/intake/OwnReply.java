package org.linli.edge.intake;

/** The reply to the gateway's own statement about a device. */
public interface OwnReply extends Reply {

  /**
   * The outbox does not know the device, or no longer, so the statement must not be repeated.
   * Called on the writer thread, right before {@link #unavailable}.
   */
  void forgotten();
}
