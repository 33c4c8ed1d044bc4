package org.linli.edge.profile.linli;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.profile.Basis;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.UnreadBeside;
import org.linli.edge.profile.UnreadPart;

/**
 * The entries of an array in which something could not be read. If one of them is no event at all,
 * they are the part of the message that is refused, so that nothing of it is lost; otherwise that
 * is the whole message. For one thread.
 */
final class UnreadEntries {

  private static final int CBOR_ARRAY = 0x80;
  private static final int CBOR_SHORT = 24;
  private static final int CBOR_TWO_BYTES = 25;
  private static final int BYTE_BITS = 8;

  private final List<Entry> entries = new ArrayList<>();
  private boolean hasNoEvent;

  /** Where an entry begins and ends. */
  private record Entry(long from, long to) {}

  void add(long from, long to) {
    entries.add(new Entry(from, to));
  }

  /** One of them is no event. */
  void noEvent() {
    hasNoEvent = true;
  }

  /**
   * The part of a message that is refused beside its events.
   *
   * @param document what the message says, in which the entries stand
   */
  UnreadPart of(Message message, byte[] document, boolean isCbor, UnreadBeside beside) {
    Interpreted.Refused whole = beside.of(message);
    if (whole == null || !hasNoEvent) {
      return new UnreadPart(whole, false);
    }
    int others = entries.size() - 1;
    Message part =
        new Message(
                message.source(),
                message.address(),
                others == 0 ? bytes(document, entries.getFirst()) : array(document, isCbor),
                message.receivedAt(),
                message.reply())
            .with(message.origin(), null);
    Refusal why =
        new Refusal(
            whole.refusal().reason(),
            whole.refusal().detail()
                + (others == 0 ? "" : " (and " + others + " more)")
                + "; the events beside it are taken");
    return new UnreadPart(
        new Interpreted.Refused(part, why, Basis.NONE, null, whole.lifeWord()), true);
  }

  private static byte[] bytes(byte[] document, Entry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(bytes, document, entry);
    return bytes.toByteArray();
  }

  private byte[] array(byte[] document, boolean isCbor) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int count = entries.size();
    if (!isCbor) {
      all.write('[');
    } else if (count < CBOR_SHORT) {
      all.write(CBOR_ARRAY | count);
    } else {
      all.write(CBOR_ARRAY | CBOR_TWO_BYTES);
      all.write(count >> BYTE_BITS);
      all.write(count);
    }
    for (int i = 0; i < count; i++) {
      if (!isCbor && i > 0) {
        all.write(',');
      }
      write(all, document, entries.get(i));
    }
    if (!isCbor) {
      all.write(']');
    }
    return all.toByteArray();
  }

  private static void write(ByteArrayOutputStream to, byte[] document, Entry entry) {
    int from = Math.clamp(entry.from(), 0, document.length);
    int end = Math.clamp(entry.to(), from, document.length);
    to.write(document, from, end - from);
  }
}
