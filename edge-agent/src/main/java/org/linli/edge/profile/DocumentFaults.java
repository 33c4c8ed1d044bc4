package org.linli.edge.profile;

/** Is told what is wrong with a document that is read all the same (decision 0064). */
public interface DocumentFaults {

  /** No strict parser reads it. A message that tells no alarm is refused for it. */
  void malformed(Unreadable document);

  /** A part of it could not be read, which may have been an alarm. */
  void lacks(Unreadable part);

  /** A value could not be read, or not as it was written. */
  void lacksValue(Unreadable value);

  /** Something was read all the same. */
  void note(String detail);
}
