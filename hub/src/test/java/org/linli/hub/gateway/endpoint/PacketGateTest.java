package org.linli.hub.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.linli.hub.gateway.ByteBudget;

/** What stands before the decoder of one connection, with a clock that is set by hand. */
class PacketGateTest {

  private static final int ROOM = 1 << 20;
  private static final int LARGE = 1 << 19;

  private final ByteBudget budget = new ByteBudget(ROOM);
  private final ByteBudget small = new ByteBudget(ROOM);
  private final List<String> refused = new ArrayList<>();
  private final List<MqttDisconnectReasonCode> farewells = new ArrayList<>();
  private final EmbeddedChannel line = new EmbeddedChannel();
  private final PacketGate gate = new PacketGate(budget, small, ROOM, refused::add);

  @BeforeEach
  void admitted() {
    line.freezeTime();
    line.pipeline().addLast(gate, gate.decoded());
    gate.admit(() -> true, farewells::add);
  }

  @AfterEach
  void close() {
    line.finishAndReleaseAll();
    assertThat(budget.taken()).isZero();
    assertThat(small.taken()).isZero();
  }

  private void pass(Duration time) {
    line.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
    line.runScheduledPendingTasks();
    line.runPendingTasks();
  }

  /** Whether the other side takes what it is sent. */
  private void takes(boolean takes) {
    Objects.requireNonNull(line.unsafe().outboundBuffer()).setUserDefinedWritability(1, takes);
    line.runPendingTasks();
  }

  /** A PUBLISH of {@value #LARGE} bytes, of which some have come. */
  private void beginsALargePacket() {
    line.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x30, (byte) 0x80, (byte) 0x80, 0x20, 1}));
  }

  @Test
  void readsNothingMoreOfAGatewayThatTakesNoAnswers() {
    takes(false);
    assertThat(line.config().isAutoRead()).isFalse();

    takes(true);
    assertThat(line.config().isAutoRead()).isTrue();
    pass(Duration.ofHours(1));
    assertThat(line.isOpen()).isTrue();
  }

  @Test
  void cutsOffAGatewayThatDoesNotTakeItsFarewell() {
    gate.ended();
    pass(Duration.ofMillis(1_900));
    assertThat(line.isOpen()).as("it may take it yet").isTrue();

    pass(Duration.ofMillis(200));
    assertThat(line.isOpen()).isFalse();
  }

  @Test
  void closesAGatewayThatTakesNoAnswersForTooLong() {
    takes(false);
    pass(Duration.ofSeconds(31));

    assertThat(line.isOpen()).isFalse();
    assertThat(refused).containsExactly("it does not read what it is sent");
  }

  @Test
  void closesAPacketThatDoesNotEndAndGivesItsRoomBack() {
    beginsALargePacket();
    assertThat(budget.taken()).isEqualTo(LARGE);
    pass(Duration.ofSeconds(90));
    assertThat(line.isOpen()).as("it may be slow").isTrue();
    pass(Duration.ofSeconds(10));

    assertThat(line.isOpen()).isFalse();
    assertThat(refused).containsExactly("a packet of 524288 bytes does not end");
    assertThat(budget.taken()).isZero();
  }

  /** A PUBLISH of 16,383 bytes, of which one has come. */
  private void beginsASmallPacket() {
    line.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x30, (byte) 0xFF, 0x7F, 1}));
  }

  @Test
  void closesASmallPacketThatDoesNotEndToo() {
    beginsASmallPacket();
    pass(Duration.ofSeconds(29));
    assertThat(line.isOpen()).as("it may be slow").isTrue();
    pass(Duration.ofSeconds(10));

    assertThat(line.isOpen()).isFalse();
    assertThat(refused).containsExactly("a packet of 16383 bytes does not end");
  }

  @Test
  void takesNoSmallPacketForWhichThereIsNoRoomUnlessItIsThereAsAWhole() {
    small.take(ROOM - 100);
    byte[] whole = new byte[16_386];
    whole[0] = 0x30;
    whole[1] = (byte) 0xFF;
    whole[2] = 0x7F;
    line.writeInbound(Unpooled.wrappedBuffer(whole));
    assertThat(line.inboundMessages()).hasSize(1);
    line.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x30, 100, 1}));
    assertThat(line.isOpen()).as("a connection may always have so much").isTrue();
    line.writeInbound(Unpooled.wrappedBuffer(new byte[99]));

    beginsASmallPacket();
    small.give(ROOM - 100);

    assertThat(line.isOpen()).isFalse();
    assertThat(refused).containsExactly("there is no room for a packet of 16383 bytes now");
    assertThat(small.taken()).isZero();
  }

  @Test
  void leavesNoTimerBehind() {
    beginsALargePacket();
    line.writeInbound(Unpooled.wrappedBuffer(new byte[LARGE - 1]));
    beginsASmallPacket();
    takes(false);
    gate.ended();
    line.pipeline().fireChannelInactive();

    assertThat(line.runScheduledPendingTasks()).as("when the next is due").isEqualTo(-1);
  }

  @Test
  void takesNoLargePacketForWhichThereIsNoRoom() {
    budget.take(ROOM - LARGE + 1);
    beginsALargePacket();
    budget.give(ROOM - LARGE + 1);

    assertThat(line.isOpen()).isFalse();
    assertThat(refused).containsExactly("there is no room for a packet of 524288 bytes now");
    assertThat(farewells).containsExactly(MqttDisconnectReasonCode.SERVER_BUSY);
  }

  @Test
  void handsOnAPacketOfThousandsOfPiecesAtOnce() {
    beginsALargePacket();
    for (int i = 0; i < LARGE - 2; i++) {
      line.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
    }
    assertThat(line.inboundMessages()).isEmpty();
    // Its last byte, and a whole packet behind it.
    line.writeInbound(Unpooled.wrappedBuffer(new byte[] {1, (byte) 0xC0, 0, (byte) 0xC0}));

    assertThat(line.inboundMessages())
        .extracting(packet -> ((ByteBuf) packet).readableBytes())
        .containsExactly(LARGE + 4, 2);
    assertThat(budget.taken()).isZero();
  }
}
