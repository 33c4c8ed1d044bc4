package org.linli.edge.intake;

/** Where a message was sent to, which says who reads it. */
public sealed interface Address {

  /** Where a door could not read the message: nobody does. */
  Address NOWHERE = new Topic("", "");

  /** Characters of the longest topic that anybody reads. */
  int LONGEST_TOPIC = 1_024;

  /**
   * {@code linli/{kind}/{deviceId}}.
   *
   * @param format how the payload is written
   * @param kind as the sender wrote it, not yet checked
   * @param device as the sender wrote it, not yet checked
   */
  record Device(Format format, String kind, String device) implements Address {}

  /**
   * Any other MQTT topic, which a profile may read.
   *
   * @param client the client id of who published; empty where it came over a broker, which does not
   *     tell
   */
  record Topic(String topic, String client) implements Address {}

  /**
   * {@code /intake/{profile}/{deviceId}}.
   *
   * @param profile as the sender wrote it, not yet checked
   * @param device as the sender wrote it, not yet checked
   * @param contentType the media type with its parameters; empty where none was said
   */
  record ToProfile(String profile, String device, String contentType) implements Address {}

  /** How a payload for a named device is written. */
  enum Format {
    /** Linli JSON. */
    LINLI_JSON,
    /** Linli JSON in CBOR. */
    LINLI_CBOR,
    /** RFC 8428, content format 110. */
    SENML_JSON,
    /** RFC 8428, content format 112. */
    SENML_CBOR;

    public boolean isCbor() {
      return this == LINLI_CBOR || this == SENML_CBOR;
    }

    public boolean isSenml() {
      return this == SENML_JSON || this == SENML_CBOR;
    }
  }

  /** Why nobody reads a topic that is longer. */
  static Refusal tooLong(String topic) {
    return new Refusal(
        RefusalReason.UNKNOWN_ADDRESS,
        "nothing reads a topic of "
            + topic.length()
            + " characters; at most "
            + LONGEST_TOPIC
            + " are read");
  }

  /**
   * What was published on this topic by this client.
   *
   * @param topic of {@value #LONGEST_TOPIC} characters at most
   */
  static Address published(String topic, String client) {
    String[] levels = topic.split("/", -1);
    return levels.length == 3 && levels[0].equals("linli")
        ? new Device(Format.LINLI_JSON, levels[1], levels[2])
        : new Topic(topic, client);
  }
}
