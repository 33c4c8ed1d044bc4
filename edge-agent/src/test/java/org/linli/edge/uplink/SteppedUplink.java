package org.linli.edge.uplink;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.linli.edge.agent.AgentSettings;
import org.linli.edge.outbox.UplinkQueue;
import org.linli.edge.registry.Registry;
import org.linli.event.GatewayId;
import org.linli.event.Lane;
import org.linli.event.codec.ReceiptCodec;

/** One connection of the real uplink, led step by step over a link of the test's own. */
public final class SteppedUplink {

  private final Conversation conversation;

  /** The way to the hub. */
  public interface Wire {

    /** Says that this gateway is there. */
    void announce();

    /**
     * @return whether the other end acknowledged the batch, as MQTT does; no receipt
     */
    BooleanSupplier send(Lane lane, byte[] batch);
  }

  /**
   * @param settings what differs from the defaults, by the key behind {@code linli.uplink}
   * @param nanoTime the clock that receipts are waited for by
   */
  public SteppedUplink(
      UplinkQueue outbox,
      Map<String, String> settings,
      Wire wire,
      InstantSource clock,
      LongSupplier nanoTime) {
    conversation =
        new Conversation(
            outbox,
            TestSettings.with(settings),
            new WireLink(wire),
            new Signals(),
            new CurrentUplinkState(clock),
            clock,
            nanoTime,
            new RateCap(null),
            new RegistryTalk(
                new Registry(new AgentSettings(Path.of("no-folder"), new GatewayId("gateway-1"))),
                () -> 0,
                Map::of,
                nanoTime));
  }

  private record WireLink(Wire wire) implements HubSender {
    @Override
    public void announce() {
      wire.announce();
    }

    @Override
    public void report(byte[] equipment) {
      throw new AssertionError("the hub has told nothing of a registry");
    }

    @Override
    public LaneWindow.Delivery send(Lane lane, byte[] batch, Backlog behind) {
      return wire.send(lane, batch)::getAsBoolean;
    }
  }

  public void begin() {
    try {
      conversation.begin();
    } catch (MqttException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Takes what came from the hub.
   *
   * @return why the connection is of no more use, where it is not
   */
  public Optional<String> heard(byte[] receipt) {
    return switch (ReceiptCodec.decode(receipt)) {
      case ReceiptCodec.Decoded.Read(var read) -> step(new HubSignal.ReceiptReceived(read));
      case ReceiptCodec.Decoded.Refused(String detail) -> step(new HubSignal.Lost(detail));
    };
  }

  /** Does what time or a commit asks for; answers like {@link #heard}. */
  public Optional<String> wake() {
    return step(new HubSignal.Committed());
  }

  private Optional<String> step(HubSignal signal) {
    try {
      return conversation.step(signal);
    } catch (MqttException e) {
      throw new AssertionError(e);
    }
  }

  /** How long nothing has to be done unless there is a signal. */
  public long sleepNanos() {
    return conversation.sleepNanos();
  }
}
