package org.linli.edge.outbox.sqlite;

import java.util.concurrent.CompletableFuture;
import org.linli.edge.intake.Note;
import org.linli.edge.intake.NotingReply;
import org.linli.edge.intake.Refusal;

/** A reply that is noted with its message. */
record Noted(Note note, CompletableFuture<String> answer) implements NotingReply {

  Noted(Note note) {
    this(note, new CompletableFuture<>());
  }

  @Override
  public Note note(boolean refused) {
    return note;
  }

  @Override
  public void taken() {
    answer.complete("taken");
  }

  @Override
  public void refused(Refusal refusal) {
    answer.complete("refused");
  }

  @Override
  public void unavailable(String why) {
    answer.complete("unavailable");
  }
}
