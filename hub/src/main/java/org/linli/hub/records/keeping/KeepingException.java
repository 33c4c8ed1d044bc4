package org.linli.hub.records.keeping;

/**
 * A command on the records cannot be done, or could not be done to its end. A person has to do
 * something first.
 */
public final class KeepingException extends Exception {

  private final String reason;
  private final transient Object[] arguments;

  /**
   * @param reason which of the sentences that the commands know
   * @param arguments what is put into it
   */
  KeepingException(String reason, Object... arguments) {
    super(reason);
    this.reason = reason;
    this.arguments = arguments.clone();
  }

  public String reason() {
    return reason;
  }

  public Object[] arguments() {
    return arguments.clone();
  }
}
