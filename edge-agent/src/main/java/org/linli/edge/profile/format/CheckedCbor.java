package org.linli.edge.profile.format;

import java.util.List;
import org.linli.edge.profile.Unreadable;

/**
 * A CBOR message that a parser may read.
 *
 * @param bytes the same bytes, a copy of the same length in which something is left out, or, where
 *     the message breaks off, what is whole before that
 * @param beside what an alarm outranks: byte strings, simple values, names that are no text and
 *     what is beyond the limits, which are left out, tags, which are not minded, text that is not
 *     UTF-8, and that the message breaks off
 * @param areNamesSure whether what stands as a name in it is one: where a count is wrong, it may be
 *     a text
 */
@SuppressWarnings("ArrayRecordComponent") // handed on as it is
public record CheckedCbor(byte[] bytes, List<Unreadable> beside, boolean areNamesSure) {

  public CheckedCbor {
    beside = List.copyOf(beside);
  }
}
