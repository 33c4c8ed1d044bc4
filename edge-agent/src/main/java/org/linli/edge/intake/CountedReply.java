package org.linli.edge.intake;

/** A door's reply to a message, whose refusal is counted before the device hears of it. */
record CountedReply(Reply door, Refusals refusals, Message message) implements Reply {

  @Override
  public void taken() {
    door.taken();
  }

  @Override
  public void refused(Refusal refusal) {
    refusals.count(message, refusal.reason());
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
