package org.linli.edge.outbox.sqlite;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.linli.event.Digest;
import org.linli.event.TakenEvent;
import org.linli.event.codec.EventColumns;

/**
 * The events of one lane that were committed together. Measurements are stored apart from the
 * others, so that the disk can give them up and keep the others.
 *
 * @param measurementCount how many of the events are measurements
 * @param otherCount how many are not
 * @param mixture the order in which they came: a number of measurements, then a number of others,
 *     and so on in turn; null if all are of one sort
 * @param measurements in columns; null if there is none
 * @param others in columns; null if there is none
 */
record Row(
    int measurementCount,
    int otherCount,
    byte @Nullable [] mixture,
    byte @Nullable [] measurements,
    byte @Nullable [] others) {

  static Row of(List<TakenEvent> events) {
    List<TakenEvent> measurements = new ArrayList<>();
    List<TakenEvent> others = new ArrayList<>();
    ByteArrayOutputStream mixture = new ByteArrayOutputStream();
    boolean inMeasurements = true;
    int run = 0;
    for (TakenEvent event : events) {
      boolean measurement = event.event().type().isMeasurement();
      if (measurement != inMeasurements) {
        Varints.write(mixture, run);
        inMeasurements = measurement;
        run = 0;
      }
      run++;
      (measurement ? measurements : others).add(event);
    }
    Varints.write(mixture, run);
    return new Row(
        measurements.size(),
        others.size(),
        measurements.isEmpty() || others.isEmpty() ? null : mixture.toByteArray(),
        measurements.isEmpty() ? null : EventColumns.encode(measurements),
        others.isEmpty() ? null : EventColumns.encode(others));
  }

  int events() {
    return measurementCount + otherCount;
  }

  /** The row without its measurements. */
  Row withoutMeasurements() {
    return new Row(0, otherCount, null, null, others);
  }

  /**
   * The measurements alone, in the order in which they came.
   *
   * @throws IllegalArgumentException if the data was not created by {@link #of}
   */
  List<TakenEvent> readMeasurements() {
    return decode(measurements, measurementCount);
  }

  int bytes() {
    return length(mixture) + length(measurements) + length(others);
  }

  /** The digest of a lane that ends with this row; {@code before} is the digest before it. */
  Digest digest(Digest before, MessageDigest sha256) {
    sha256.reset();
    sha256.update(before.bytes());
    for (byte @Nullable [] part : new byte @Nullable [][] {mixture, measurements, others}) {
      sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length(part)).flip());
      if (part != null) {
        sha256.update(part);
      }
    }
    return new Digest(Arrays.copyOf(sha256.digest(), Digest.LENGTH));
  }

  /** Detects flipped bits: SQLite itself checks only what is still in the write-ahead log. */
  long checksum() {
    CRC32C checksum = new CRC32C();
    for (byte @Nullable [] part : new byte @Nullable [][] {mixture, measurements, others}) {
      if (part != null) {
        checksum.update(part);
      }
    }
    return checksum.getValue();
  }

  /**
   * The events in the order in which they came.
   *
   * @throws IllegalArgumentException if the data was not created by {@link #of}
   */
  List<TakenEvent> read() {
    List<TakenEvent> someMeasurements = decode(measurements, measurementCount);
    List<TakenEvent> someOthers = decode(others, otherCount);
    if (mixture == null) {
      return someMeasurements.isEmpty() ? someOthers : someMeasurements;
    }
    List<TakenEvent> events = new ArrayList<>(events());
    ByteBuffer runs = ByteBuffer.wrap(mixture);
    int[] from = new int[2];
    try {
      for (int sort = 0; runs.hasRemaining(); sort = 1 - sort) {
        List<TakenEvent> source = sort == 0 ? someMeasurements : someOthers;
        int to = Math.addExact(from[sort], Math.toIntExact(Varints.read(runs)));
        events.addAll(source.subList(from[sort], to));
        from[sort] = to;
      }
    } catch (BufferUnderflowException | ArithmeticException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("its mixture does not fit its events", e);
    }
    return events;
  }

  private static List<TakenEvent> decode(byte @Nullable [] columns, int count) {
    if (columns == null) {
      return List.of();
    }
    List<TakenEvent> events = EventColumns.decode(columns);
    if (events.size() != count) {
      throw new IllegalArgumentException(
          "it holds " + events.size() + " events where " + count + " were counted");
    }
    return events;
  }

  private static int length(byte @Nullable [] part) {
    return part == null ? 0 : part.length;
  }
}
