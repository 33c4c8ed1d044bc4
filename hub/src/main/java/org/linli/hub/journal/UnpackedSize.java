package org.linli.hub.journal;

import org.linli.event.Batch;
import org.linli.event.ShedRange;
import org.linli.event.codec.BatchCodec;
import org.linli.event.codec.BatchCodec.Decoded;

/** How much memory a batch takes while it is unpacked, in bytes. */
public final class UnpackedSize {

  private static final int BYTES_OF_AN_EVENT = 400;
  private static final int BYTES_OF_A_VALUE = 100;
  private static final int BYTES_OF_A_LOSS = 200;

  /** An event, or a loss, takes at least this many bytes of the message. */
  private static final int LEAST_OF_AN_EVENT = 2;

  /** The message, its strings, and the objects built from both. */
  private static final int COPIES = 3;

  private UnpackedSize() {}

  /** Returns the most bytes of memory that unpacking the payload can take. */
  public static long most(byte[] payload) {
    long message = BatchCodec.unpackedBytes(payload);
    return payload.length
        + COPIES * message
        + BYTES_OF_AN_EVENT * Math.min(Batch.MAX_EVENTS, message / LEAST_OF_AN_EVENT)
        + BYTES_OF_A_VALUE * Math.min(Batch.MAX_VALUES, message)
        + BYTES_OF_A_LOSS * Math.min(Batch.MAX_SHED_COUNTS, message / LEAST_OF_AN_EVENT);
  }

  /** Returns roughly how many bytes of memory a batch takes once it is unpacked. */
  public static long of(byte[] payload, Decoded decoded) {
    return payload.length
        + switch (decoded) {
          case Decoded.Refused _ -> 0;
          case Decoded.Read(Batch batch) -> {
            long values = 0;
            for (var taken : batch.events()) {
              values += taken.event().values().size();
            }
            long losses = 0;
            for (ShedRange range : batch.shed()) {
              losses += 1 + range.eventsByDevice().size();
            }
            yield BatchCodec.unpackedBytes(payload)
                + BYTES_OF_AN_EVENT * (long) batch.events().size()
                + BYTES_OF_A_VALUE * values
                + BYTES_OF_A_LOSS * losses;
          }
        };
  }
}
