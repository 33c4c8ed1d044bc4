package org.linli.program.thread;

/** A throwable that tells a person what is wrong and what to do. */
public interface InPlainWords {

  /** The problem and what to do, as a sentence without a full stop. */
  String sentence();
}
