package org.linli.edge.profile.life;

import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.LifeSearch;
import org.springframework.stereotype.Component;

/** {@link LifeWords} for bytes that a door does not keep. */
@Component
public final class LifeWordSearch implements LifeSearch {

  @Override
  public @Nullable String first(byte[] bytes, int length, int from, int to) {
    LifeWord found = LifeWords.firstWithin(bytes, length, from, to);
    return found == null ? null : found.word();
  }
}
