package org.linli.sims.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.linli.event.codec.BatchCodec;

/** What attacks send is what their names say, and not something that every program throws away. */
class AttackTest {

  @SuppressWarnings("TypeParameterUnusedInFormals")
  private static <T extends MqttMessage> T read(byte[] packet) {
    EmbeddedChannel channel = new EmbeddedChannel(new MqttDecoder(1_000_000));
    channel.writeInbound(Unpooled.wrappedBuffer(Mqtt.connect("first")));
    channel.readInbound();
    channel.writeInbound(Unpooled.wrappedBuffer(packet));
    T message = channel.readInbound();
    assertThat(message.decoderResult().isSuccess())
        .as(String.valueOf(message.decoderResult()))
        .isTrue();
    return message;
  }

  @Test
  void aNameIsUsedOnceAndFitsAnOption() {
    assertThat(Attack.titles()).doesNotHaveDuplicates().allMatch(t -> t.matches("[a-z0-9-]{3,24}"));
    assertThat(Arrays.stream(Attack.values()).map(a -> a.port() + a.sentence()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aClientLeavesASessionAndAWill() {
    MqttConnectMessage message =
        read(Mqtt.connect("c", 86_400, "linli/access/c", new byte[16_000]));

    assertThat(message.payload().willTopic()).isEqualTo("linli/access/c");
    assertThat(message.payload().willMessageInBytes()).hasSize(16_000);
    assertThat(message.variableHeader().isCleanSession()).isFalse();
    assertThat(message.variableHeader().properties().getProperty(0x11).value()).isEqualTo(86_400);
  }

  @Test
  void aLargeConnectIsOneOfTheSizeThatWasAskedFor() {
    byte[] packet = Mqtt.largeConnect("large", 200_000);
    MqttConnectMessage message = read(packet);

    assertThat(packet).hasSizeBetween(200_000, 220_000);
    assertThat(message.payload().clientIdentifier()).isEqualTo("large");
  }

  @Test
  void aPublishCarriesUserProperties() {
    MqttPublishMessage message =
        read(Mqtt.publish(1, "linli/1/bad-1/status", 7, Map.of("sent-at", "-1"), new byte[] {1}));

    assertThat(message.variableHeader().packetId()).isEqualTo(7);
    assertThat(message.variableHeader().properties().getProperties(0x26)).hasSize(1);
    assertThat(message.payload().readableBytes()).isEqualTo(1);
    message.release();
  }

  @Test
  void aSubscribeHasAllItsFilters() {
    MqttSubscribeMessage message = read(Mqtt.subscribe(9, List.of("a/b", "c/d")));

    assertThat(message.payload().topicSubscriptions()).hasSize(2);
  }

  @Test
  void aBombIsSmallAndALargeBatchIsOne() {
    assertThat(Frames.bomb(64 * 1024 * 1024)).hasSizeLessThan(64 * 1024);
    byte[] padded = Frames.paddedBatch("bad-1", 1);
    assertThat(padded).hasSizeLessThan(64 * 1024);
    assertThat(BatchCodec.decode(padded)).isInstanceOf(BatchCodec.Decoded.Read.class);
  }

  @Test
  void eachDayIsABatchThatCanBeRead() {
    byte[] days = Frames.everyDay("bad-1", 1, "d", Instant.parse("0001-01-01T00:00:00Z"));

    assertThat(BatchCodec.decode(days)).isInstanceOf(BatchCodec.Decoded.Read.class);
    assertThat(days).hasSizeLessThan(4 * 1024 * 1024);
  }

  @Test
  void clashingKeysAreManyAndApart() {
    String message = new String(LinliMessages.clashingKeys(4_095), StandardCharsets.UTF_8);

    assertThat(Arrays.stream(message.split(",")).map(pair -> pair.split(":")[0]))
        .hasSize(4_095)
        .doesNotHaveDuplicates();
  }
}
