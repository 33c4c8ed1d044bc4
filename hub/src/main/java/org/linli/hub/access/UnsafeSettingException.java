package org.linli.hub.access;

/** A setting that would let the wrong people in. The hub does not start with it. */
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

  /** What to do about it, as a sentence. */
  public String action() {
    return action;
  }
}
