package org.linli.edge.intake;

/** How a message was answered, for doors that send the answer from another thread. */
public sealed interface MessageAnswer {

  /** As {@link Reply#taken}. */
  record Taken() implements MessageAnswer {}

  /** As {@link Reply#refused}. */
  record Refused(Refusal refusal) implements MessageAnswer {}

  /** As {@link Reply#unavailable}. */
  record Unavailable(String why) implements MessageAnswer {}
}
