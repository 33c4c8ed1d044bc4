package org.linli.edge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.springframework.http.HttpHeaders;

/**
 * Reads a body through its content coding (RFC 9110 section 8.4.1): {@code gzip} or {@code
 * deflate}. A body that is not coded, although its header says so, is read as it is. If a coded one
 * is damaged, it ends there, and its beginning is judged like one that came whole.
 */
final class ContentCoding {

  /** Of a coded body, after decoding: an alarm with a large picture. */
  static final long MOST_DECODED = 16L << 20;

  /** So much is read in any case: a text of the default limit is not half as long. */
  static final long READ_ALWAYS = 512 << 10;

  /**
   * Beyond that so many bytes for each that came. What is longer than a message may be is a
   * picture, which is hardly smaller when it is coded: written as numbers, it takes a fourth. More
   * would let few bytes cost much time.
   */
  static final int MOST_RATIO = 8;

  static final String READ_HERE = "gzip, deflate";

  private static final List<String> GZIP = List.of("gzip", "x-gzip");
  private static final String DEFLATE = "deflate";
  private static final List<String> NONE = List.of("", "identity");
  private static final int GZIP_MAGIC = 0x1f8b;
  private static final int ZLIB_METHOD = 8;
  private static final int ZLIB_CHECK = 31;

  private ContentCoding() {}

  /** Whether the header names a coding, also one that is not read here. */
  static boolean isCoded(HttpServletRequest request) {
    return !NONE.contains(name(request));
  }

  /** Whether nothing here reads the coding. */
  static boolean isUnknown(HttpServletRequest request) {
    String name = name(request);
    return !NONE.contains(name) && !GZIP.contains(name) && !name.equals(DEFLATE);
  }

  static Refusal refusal(HttpServletRequest request) {
    return new Refusal(
        RefusalReason.UNSUPPORTED_FORMAT,
        "the Content-Encoding %s is not read here; send the body as it is, or with one of: %s"
            .formatted(name(request), READ_HERE));
  }

  /**
   * A body.
   *
   * @param in its bytes, decoded
   * @param mostRead how many of them may be read, by how many came so far
   */
  record Decoded(InputStream in, LongSupplier mostRead) {}

  /**
   * The decoded body.
   *
   * @param mostRead of a body that is not coded
   */
  static Decoded of(HttpServletRequest request, long mostRead) throws IOException {
    InputStream in = request.getInputStream();
    if (!isCoded(request) || isUnknown(request)) {
      return new Decoded(in, () -> mostRead);
    }
    Counted coded = new Counted(in);
    return new Decoded(
        decoded(coded), () -> Math.min(MOST_DECODED, READ_ALWAYS + MOST_RATIO * coded.come));
  }

  private static InputStream decoded(InputStream in) throws IOException {
    // Two bytes tell: what begins a gzip or zlib stream begins no text.
    PushbackInputStream coded = new PushbackInputStream(in, 2);
    byte[] first = coded.readNBytes(2);
    coded.unread(first);
    int sign = first.length < 2 ? 0 : (first[0] & 0xff) << 8 | first[1] & 0xff;
    if (sign == GZIP_MAGIC) {
      return new Undamaged(new GZIPInputStream(coded));
    }
    boolean isZlib = (sign >>> 8 & 0xf) == ZLIB_METHOD && sign % ZLIB_CHECK == 0;
    return isZlib ? new Undamaged(new InflaterInputStream(coded)) : coded;
  }

  private static String name(HttpServletRequest request) {
    String said = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    return said == null ? "" : said.strip().toLowerCase(Locale.ROOT);
  }

  /** Counts what comes. */
  private static final class Counted extends FilterInputStream {

    private long come;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      come += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      int read = super.read(into, from, most);
      come += Math.max(0, read);
      return read;
    }
  }

  /** Ends where the coding is damaged. A connection that breaks is still an error. */
  private static final class Undamaged extends FilterInputStream {

    Undamaged(InputStream decoded) {
      super(decoded);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      try {
        return super.read(into, from, most);
      } catch (ZipException | EOFException damaged) {
        return -1;
      }
    }
  }
}
