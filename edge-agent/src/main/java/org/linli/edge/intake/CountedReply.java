package org.linli.edge.intake;

import java.util.function.Consumer;

/**
 * A door's reply that reports a refusal before the device hears of it.
 *
 * @param refusals receives each refusal
 */
record CountedReply(Reply door, Consumer<Refusal> refusals) implements Reply {

  @Override
  public void taken() {
    door.taken();
  }

  @Override
  public void refused(Refusal refusal) {
    refusals.accept(refusal);
    door.refused(refusal);
  }

  @Override
  public boolean isInTurn() {
    return door.isInTurn();
  }

  @Override
  public void flush() {
    door.flush();
  }

  @Override
  public void forgotten() {
    door.forgotten();
  }

  @Override
  public void unavailable(String why) {
    door.unavailable(why);
  }
}
