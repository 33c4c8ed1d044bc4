package org.linli.edge.outbox.sqlite;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** Numbers of events by device; the key is the device's number in table {@code device}. */
final class DeviceCounts {

  /** Stands for devices that are no longer known. */
  static final long OTHERS_REF = 0;

  private final TreeMap<Long, Long> byRef = new TreeMap<>();

  void add(long ref, long events) {
    byRef.merge(ref, events, Long::sum);
  }

  void addAll(DeviceCounts others) {
    others.byRef.forEach(this::add);
  }

  /** The highest counts; the rest is counted for {@link #OTHERS_REF}. */
  DeviceCounts most(int mostDevices) {
    if (byRef.size() <= mostDevices) {
      return this;
    }
    DeviceCounts most = new DeviceCounts();
    byRef.entrySet().stream()
        .sorted(Map.Entry.<Long, Long>comparingByValue().reversed())
        .limit(mostDevices - 1L)
        .forEach(count -> most.add(count.getKey(), count.getValue()));
    byRef.forEach(
        (ref, events) -> {
          if (!most.byRef.containsKey(ref)) {
            most.add(OTHERS_REF, events);
          }
        });
    return most;
  }

  int devices() {
    return byRef.size();
  }

  Map<Long, Long> byRef() {
    return byRef;
  }

  /** For each device the difference to the previous number, and its count. */
  byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long before = 0;
    for (Map.Entry<Long, Long> entry : byRef.entrySet()) {
      Varints.write(out, entry.getKey() - before);
      Varints.write(out, entry.getValue());
      before = entry.getKey();
    }
    return out.toByteArray();
  }

  static DeviceCounts decode(byte[] bytes) throws SQLException {
    DeviceCounts counts = new DeviceCounts();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long ref = 0;
    try {
      while (in.hasRemaining()) {
        ref += Varints.read(in);
        counts.add(ref, Varints.read(in));
      }
    } catch (BufferUnderflowException e) {
      throw new SQLException("counts of what was given up are cut short", e);
    }
    return counts;
  }
}
