package org.linli.sims.fault;

import java.util.Arrays;
import java.util.Optional;
import org.linli.event.Batch;
import org.linli.event.Digest;
import org.linli.event.codec.BatchCodec;

/** A batch that claims the sequence of another one but has another history. */
final class Forgery {

  private Forgery() {}

  /** Empty when the packet carries no readable batch. */
  static Optional<MqttPacket> of(MqttPacket packet) {
    byte[] payload = Arrays.copyOfRange(packet.bytes(), packet.payloadAt(), packet.bytes().length);
    return BatchCodec.decode(payload) instanceof BatchCodec.Decoded.Read(Batch batch)
        ? Optional.of(packet.withPayload(BatchCodec.encode(forged(batch))))
        : Optional.empty();
  }

  private static Batch forged(Batch batch) {
    byte[] digest = batch.digest().bytes();
    digest[0] ^= 1;
    return new Batch(
        batch.gateway(),
        batch.epoch(),
        batch.lane(),
        batch.first(),
        batch.last(),
        batch.before(),
        new Digest(digest),
        batch.ledger(),
        batch.shed(),
        batch.events());
  }
}
