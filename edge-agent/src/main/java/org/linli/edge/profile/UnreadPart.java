package org.linli.edge.profile;

import org.jspecify.annotations.Nullable;

/**
 * The basis of a result for which nothing was remembered.
 *
 * @param unread the part of the message that could not be read and may be about a life
 */
public record UnreadPart(Interpreted.@Nullable Refused unread) implements Basis {

  @Override
  public void undo() {}

  @Override
  public boolean holds() {
    return true;
  }
}
