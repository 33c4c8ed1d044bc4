package org.linli.hub.records.keeping;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number of rows and a digest of them that is the same in both databases, in whatever order
 * they are read: the sum of the SHA-256 of each, over a form in which no two different rows are
 * alike.
 */
final class RowsDigest {

  private static final byte NOTHING = 0;
  private static final byte NUMBER = 1;
  private static final byte TEXT = 2;
  private static final byte BYTES = 3;
  private static final byte REAL = 4;

  private final long[] sum = new long[4];
  private final MessageDigest digest = Digests.sha256();
  private long rows;

  /** Adds a row: for each column in a common order a Long, Double, String, byte[] or null. */
  void add(List<@Nullable Object> row) {
    for (Object value : row) {
      switch (value) {
        case null -> digest.update(NOTHING);
        case Long number -> eightBytes(NUMBER, number);
        case Double real -> eightBytes(REAL, Double.doubleToLongBits(real));
        case String text -> counted(TEXT, text.getBytes(StandardCharsets.UTF_8));
        case byte[] bytes -> counted(BYTES, bytes);
        default -> throw new IllegalArgumentException("a value of " + value.getClass());
      }
    }
    ByteBuffer parts = ByteBuffer.wrap(digest.digest());
    for (int i = 0; i < sum.length; i++) {
      sum[i] += parts.getLong();
    }
    rows++;
  }

  private void eightBytes(byte sort, long value) {
    digest.update(sort);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  private void counted(byte sort, byte[] bytes) {
    eightBytes(sort, bytes.length);
    digest.update(bytes);
  }

  long rows() {
    return rows;
  }

  boolean isSameAs(RowsDigest other) {
    return rows == other.rows && Arrays.equals(sum, other.sum);
  }
}
