package org.linli.edge.intake.mqtt.access;

/** A password for clients files of tests. */
public final class TestPassword {

  /** The password is dōor, by the command of docs/configuration.md. */
  public static final String HASH =
      "pbkdf2-sha256$1000$00112233445566778899aabbccddeeff$3f1a18b9b5bdc18209286bd02bfa9e659f26104c3db3b3895cf89850f5133463";

  private TestPassword() {}
}
