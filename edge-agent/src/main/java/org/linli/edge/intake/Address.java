package org.linli.edge.intake;

/** Where a message was sent to, which decides who reads it. */
public sealed interface Address {

  /** Of a message that its door could not read: no reader. */
  Address NOWHERE = new Topic("", "");

  /** What Linli's own topics begin with. */
  String OWN = "linli/";

  /** Longest topic that is read, in characters. */
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
   * @param client client id of the publisher; empty for a message from a broker, which does not say
   */
  record Topic(String topic, String client) implements Address {}

  /**
   * {@code /intake/{profile}/{deviceId}}.
   *
   * @param profile as the sender wrote it, not yet checked
   * @param device as the sender wrote it, not yet checked
   * @param contentType the media type with its parameters; empty if none was given
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

  /** The refusal of a longer topic. */
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
   * The address of what a client published on a topic.
   *
   * @param topic of {@value #LONGEST_TOPIC} characters at most
   */
  static Address published(String topic, String client) {
    int slash = topic.startsWith(OWN) ? topic.indexOf('/', OWN.length()) : -1;
    return slash >= 0 && topic.indexOf('/', slash + 1) < 0
        ? new Device(
            Format.LINLI_JSON, topic.substring(OWN.length(), slash), topic.substring(slash + 1))
        : new Topic(topic, client);
  }
}
