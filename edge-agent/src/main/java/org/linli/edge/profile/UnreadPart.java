package org.linli.edge.profile;

import org.jspecify.annotations.Nullable;

/**
 * The basis of a result for which nothing was remembered.
 *
 * @param unread the part of the message that could not be read; null if all was read
 * @param isNoEvent whether something in it is no event at all, so that it is kept whatever it is
 *     about; otherwise only if it may be about a life
 */
public record UnreadPart(Interpreted.@Nullable Refused unread, boolean isNoEvent) implements Basis {

  @Override
  public void undo() {}

  @Override
  public boolean holds() {
    return true;
  }
}
