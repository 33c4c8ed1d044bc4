package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttQoS;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Note;
import org.linli.edge.intake.Origin;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.mqtt.access.Rights;

/**
 * Makes the messages of what a client publishes: what it may, and what becomes a dead letter.
 *
 * @param connection number of the client's connection
 * @param kept the session on disk; 0 if the packet ids end with the connection
 */
record PublishedMessages(
    Session session, Rights rights, long connection, long kept, InstantSource clock) {

  Message of(String topic, byte[] payload, Publication publication) {
    if (topic.length() > Address.LONGEST_TOPIC) {
      return Message.unreadable(
              session.source(), payload, clock.instant(), Address.tooLong(topic), publication)
          .sentTo(new Address.Topic("", session.clientId()))
          .with(origin(publication.qos()), note(publication));
    }
    Address address = Address.published(topic, session.clientId());
    if (rights.mayPublish(address)) {
      // In one step, as this runs for every message.
      return new Message(
          session.source(),
          address,
          payload,
          payload.length,
          clock.instant(),
          null,
          origin(publication.qos()),
          note(publication),
          publication);
    }
    Refusal refusal =
        new Refusal(
            RefusalReason.NOT_ALLOWED,
            address instanceof Address.Device
                ? "this client may not publish for this device"
                : "this client may not publish on this topic");
    return Message.unreadable(session.source(), payload, clock.instant(), refusal, publication)
        .sentTo(address)
        .with(origin(publication.qos()), note(publication));
  }

  /**
   * A packet that was too large to be kept.
   *
   * @param topic empty if it had not come yet
   * @param beginning what is kept of it
   */
  Message tooLarge(String topic, byte[] beginning, Refusal refusal, Publication publication) {
    Address address =
        topic.length() > Address.LONGEST_TOPIC
            ? Address.NOWHERE
            : Address.published(topic, session.clientId());
    boolean isKnown = topic.length() <= Address.LONGEST_TOPIC && rights.mayPublish(address);
    return Message.unreadable(session.source(), beginning, clock.instant(), refusal, publication)
        .sentTo(isKnown ? address : new Address.Topic("", session.clientId()))
        .with(origin(publication.qos()), note(publication));
  }

  /**
   * The note of a message. A PUBREC with an error ends the exchange (MQTT 5 section 4.3.3); MQTT
   * 3.1.1 has none.
   */
  private @Nullable Note note(Publication publication) {
    return kept == 0 || publication.qos() != MqttQoS.EXACTLY_ONCE
        ? null
        : new Note.Received(kept, publication.packetId(), !session.speaksMqtt5());
  }

  /** PUBACK and PUBREC of MQTT 3.1.1 cannot say that a message was refused. */
  private Origin origin(MqttQoS qos) {
    return Origin.over(connection, qos == MqttQoS.AT_MOST_ONCE || session.speaksMqtt5());
  }
}
