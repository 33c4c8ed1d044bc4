package org.linli.edge.intake.broker;

import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.MessageAnswer;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;

/**
 * One message from the broker, and its answer. A refused message is acknowledged too, because its
 * dead letter is on disk. The publisher cannot be notified.
 */
final class BrokerReply implements Reply {

  private static final MessageAnswer TAKEN = new MessageAnswer.Taken();

  private final PendingMessages pending;
  private final int packetId;
  private final int qos;
  private final int size;

  /** Written once, by the thread that answers; read by the door's thread. */
  private volatile @Nullable MessageAnswer answer;

  BrokerReply(PendingMessages pending, MqttMessage message) {
    this.pending = pending;
    this.packetId = message.getId();
    this.qos = message.getQos();
    this.size = message.getPayload().length;
  }

  int packetId() {
    return packetId;
  }

  int qos() {
    return qos;
  }

  int size() {
    return size;
  }

  @Nullable MessageAnswer answer() {
    return answer;
  }

  @Override
  public void taken() {
    answer(TAKEN);
  }

  @Override
  public void refused(Refusal refusal) {
    answer(new MessageAnswer.Refused(refusal));
  }

  @Override
  public boolean isInTurn() {
    return !pending.isBroken();
  }

  @Override
  public void unavailable(String why) {
    pending.broken();
    answer(new MessageAnswer.Unavailable(why));
  }

  private void answer(MessageAnswer given) {
    if (answer == null) {
      answer = given;
      pending.answered(this);
    }
  }
}
