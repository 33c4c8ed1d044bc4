package org.linli.edge.intake.mqtt;

import io.netty.handler.codec.mqtt.MqttQoS;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.MessageAnswer;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.Reply;

/** One PUBLISH that is being processed, and its answer. Only the first answer counts. */
final class Publication implements Reply {

  private static final MessageAnswer TAKEN = new MessageAnswer.Taken();

  private final Publications publications;
  private final MqttQoS qos;
  private final int packetId;
  private final int size;
  private final boolean isTooLarge;

  /** Written once, by the thread that answers; read on the connection's event loop. */
  private volatile @Nullable MessageAnswer answer;

  /**
   * @param isTooLarge whether only its beginning is there
   */
  Publication(Publications publications, MqttQoS qos, int packetId, int size, boolean isTooLarge) {
    this.isTooLarge = isTooLarge;
    this.publications = publications;
    this.qos = qos;
    this.packetId = packetId;
    this.size = size;
  }

  MqttQoS qos() {
    return qos;
  }

  int packetId() {
    return packetId;
  }

  int size() {
    return size;
  }

  boolean isTooLarge() {
    return isTooLarge;
  }

  @Nullable MessageAnswer answer() {
    return answer;
  }

  @Override
  public void taken() {
    answer(TAKEN);
  }

  @Override
  public void flush() {
    publications.flush();
  }

  @Override
  public void refused(Refusal refusal) {
    answer(new MessageAnswer.Refused(refusal));
  }

  @Override
  public boolean isInTurn() {
    return !publications.isBroken();
  }

  @Override
  public void unavailable(String why) {
    publications.broken();
    answer(new MessageAnswer.Unavailable(why));
    flush();
  }

  private void answer(MessageAnswer given) {
    if (answer == null) {
      answer = given;
      publications.answered();
    }
  }
}
