package org.linli.hub.access;

/** A setting would give access to unauthorized clients. The hub does not start with it. */
public class UnsafeSettingException extends RuntimeException {

  private final String action;

  /**
   * @param message names the setting and what is wrong with it, never its value if that is a secret
   * @param action what to do about it, as a sentence
   */
  public UnsafeSettingException(String message, String action) {
    super(message);
    this.action = action;
  }

  /** Returns what to do about it, as a sentence. */
  public String action() {
    return action;
  }
}
