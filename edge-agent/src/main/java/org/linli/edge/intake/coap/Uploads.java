package org.linli.edge.intake.coap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.eclipse.californium.core.coap.BlockOption;
import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;
import org.eclipse.californium.core.network.Exchange;
import org.eclipse.californium.core.network.stack.AbstractLayer;
import org.jspecify.annotations.Nullable;
import org.linli.event.Sha256;

/**
 * Assembles blockwise messages (RFC 7959 section 2.3). Unfinished messages have a limit on the
 * heap. Beyond it, stalled ones and those with the least progress are discarded, of the peers that
 * have most ({@link FairShare}). Californium's own layer would refuse every new message until an
 * unfinished one times out. A message that is too large is refused after its dead letter is on
 * disk. Thread-safe.
 */
final class Uploads extends AbstractLayer {

  /** A device that sends blocks waits 2 to 3 s before it repeats one (RFC 7252 section 4.8). */
  private static final long STANDS_STILL_NANOS = 3_000_000_000L;

  /** Bytes that a message takes beside its blocks; an upper estimate. */
  private static final int OVERHEAD = 1_024;

  /** Longer Request-Tags are told apart by their digest. */
  private static final int LONGEST_TAGS = 64;

  /**
   * Discarding takes away this fraction of all messages at once, because it scans all of them: one
   * in {@value}.
   */
  private static final int PART_GIVEN_UP = 16;

  private final CoapMessages messages;
  private final int most;
  private final long mostBytesHeld;
  private final long mostBytes;
  private final long timeoutNanos;
  private final LongSupplier nanoTime;

  /** Least recently active first. */
  private final Map<Whence, Upload> uploads = new LinkedHashMap<>();

  private long held;

  /**
   * The sender, the target (RFC 7959 section 2.3) and the Request-Tags (RFC 9175 section 3.3),
   * which tell uploads apart that run at the same time. Echo (RFC 9175 section 2) tells nothing
   * apart.
   */
  private record Whence(Peer peer, String uri, String tags) implements Comparable<Whence> {

    static Whence of(Peer peer, Request request) {
      String tags =
          request.getOptions().getOthers(StandardOptionRegistry.REQUEST_TAG).stream()
              .map(tag -> "-" + HexFormat.of().formatHex(tag.getValue()))
              .collect(Collectors.joining());
      return new Whence(
          peer,
          request.getOptions().getUriString(),
          tags.length() > LONGEST_TAGS ? Sha256.hexOf(tags) : tags);
    }

    /** Keeps hash tables of keys fast even if they were chosen to have the same hash. */
    @Override
    public int compareTo(Whence other) {
      int byUri = uri.compareTo(other.uri);
      int byTags = byUri != 0 ? byUri : tags.compareTo(other.tags);
      return byTags != 0 ? byTags : peer.compareTo(other.peer);
    }
  }

  /** An unfinished message. */
  private static final class Upload {
    private final Peer peer;
    private final String path;
    private final int format;
    private final List<byte[]> blocks = new ArrayList<>(1);
    private int size;
    private long at;

    Upload(Peer peer, String path, int format) {
      this.peer = peer;
      this.path = path;
      this.format = format;
    }

    byte[] whole() {
      byte[] whole = new byte[size];
      int at = 0;
      for (byte[] block : blocks) {
        System.arraycopy(block, 0, whole, at, block.length);
        at += block.length;
      }
      return whole;
    }
  }

  /** The result of a block. */
  private sealed interface Step {

    record GoesOn() implements Step {}

    record IsWhole(byte[] payload) implements Step {}

    record IsBroken() implements Step {}

    /**
     * @param size size of the whole message, as far as it is known
     * @param come what came of it
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on as it is
    record IsTooLarge(long size, String words, byte[] come) implements Step {}
  }

  /**
   * @param mostBytesHeld limit of all unfinished messages together, in bytes
   * @param nanoTime a monotonic clock
   */
  Uploads(CoapMessages messages, CoapSettings settings, long mostBytesHeld, LongSupplier nanoTime) {
    this.messages = messages;
    this.most = settings.unfinishedMessages();
    this.mostBytesHeld = mostBytesHeld;
    this.mostBytes = settings.maxMessageSize().toBytes();
    this.timeoutNanos = settings.blockTimeout().toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public void receiveRequest(Exchange exchange, Request request) {
    BlockOption block = request.getOptions().getBlock1();
    if (block == null) {
      super.receiveRequest(exchange, request);
      return;
    }
    switch (add(exchange, request, block)) {
      case Step.GoesOn() -> {
        Response next = new Response(ResponseCode.CONTINUE);
        next.getOptions().setBlock1(block.getSzx(), true, block.getNum());
        answer(exchange, request, next);
      }
      case Step.IsWhole(byte[] payload) -> {
        exchange.setBlock1ToAck(block);
        Request whole = whole(request, payload);
        exchange.setRequest(whole);
        super.receiveRequest(exchange, whole);
      }
      case Step.IsBroken() -> {
        Response broken = new Response(ResponseCode.REQUEST_ENTITY_INCOMPLETE);
        messages.incomplete(request.getOptions().getUriPathString());
        broken.setPayload("the blocks before this one are not here: begin again");
        answer(exchange, request, broken);
      }
      case Step.IsTooLarge(long size, String words, byte[] come) ->
          messages.refuse(
              request,
              come,
              size,
              messages.tooLarge(words),
              answer -> exchange.execute(() -> answer(exchange, request, answer)));
    }
  }

  private void answer(Exchange exchange, Request request, Response answer) {
    answer.setDestinationContext(request.getSourceContext());
    super.sendResponse(exchange, answer);
  }

  private synchronized Step add(Exchange exchange, Request request, BlockOption block) {
    forgetTheOld();
    Peer peer = Peer.of(exchange.getPeersIdentity());
    Whence key = Whence.of(peer, request);
    int format = request.getOptions().getContentFormat();
    // Taken out of the table until this block is stored, so nothing is left of a message that ends
    // here.
    Upload known = removed(key);
    Upload upload =
        block.getNum() == 0
            ? new Upload(peer, request.getOptions().getUriPathString(), format)
            : known;
    Integer announced = request.getOptions().getSize1();
    byte[] payload = request.getPayload() == null ? new byte[0] : request.getPayload();
    if (announced != null && announced > mostBytes) {
      return new Step.IsTooLarge(announced, announced + " bytes", payload);
    }
    boolean isWholeBlock = payload.length == block.getSize() || !block.isM();
    if (upload == null
        || upload.size != block.getOffset()
        || upload.format != format
        || !isWholeBlock) {
      return new Step.IsBroken();
    }
    upload.blocks.add(payload);
    upload.size += payload.length;
    upload.at = nanoTime.getAsLong();
    if (upload.size > mostBytes) {
      return new Step.IsTooLarge(
          upload.size, "more than " + upload.size + " bytes", upload.whole());
    }
    if (!block.isM()) {
      return new Step.IsWhole(upload.whole());
    }
    makeRoom(upload.size + OVERHEAD);
    uploads.put(key, upload);
    held += upload.size + OVERHEAD;
    return new Step.GoesOn();
  }

  private @Nullable Upload removed(Whence key) {
    Upload upload = uploads.remove(key);
    held -= upload == null ? 0 : upload.size + OVERHEAD;
    return upload;
  }

  private void giveUp(Whence key) {
    Upload upload = removed(key);
    if (upload != null) {
      messages.incomplete(upload.path);
    }
  }

  private void makeRoom(int bytes) {
    while (!uploads.isEmpty() && (held + bytes > mostBytesHeld || uploads.size() >= most)) {
      Map<Peer, ArrayDeque<Whence>> bySource = new LinkedHashMap<>();
      long now = nanoTime.getAsLong();
      uploads.entrySet().stream()
          .sorted(Comparator.comparingInt(one -> worth(one.getValue(), now)))
          .forEach(
              one ->
                  bySource
                      .computeIfAbsent(one.getValue().peer, peer -> new ArrayDeque<>(1))
                      .add(one.getKey()));
      FairShare.cut(bySource, Math.max(1, uploads.size() / PART_GIVEN_UP), this::giveUp);
    }
  }

  /** Zero if the message is stalled; otherwise its progress. */
  private static int worth(Upload upload, long now) {
    return now - upload.at > STANDS_STILL_NANOS ? 0 : upload.size;
  }

  /** Gives up the messages of which no block came for too long; called now and then. */
  synchronized void forgetTheOld() {
    long now = nanoTime.getAsLong();
    Iterator<Upload> all = uploads.values().iterator();
    while (all.hasNext()) {
      Upload oldest = all.next();
      if (now - oldest.at <= timeoutNanos) {
        return;
      }
      all.remove();
      held -= oldest.size + OVERHEAD;
      messages.incomplete(oldest.path);
    }
  }

  /** Has the last block's token and message id, because that block is answered. */
  private static Request whole(Request last, byte[] payload) {
    Request whole = new Request(last.getCode());
    whole.setSourceContext(last.getSourceContext());
    whole.setLocalAddress(last.getLocalAddress());
    whole.setScheme(last.getScheme());
    whole.setType(last.getType());
    whole.setMID(last.getMID());
    whole.setToken(last.getToken());
    whole.setNanoTimestamp(last.getNanoTimestamp());
    OptionSet options = new OptionSet(last.getOptions());
    options.removeBlock1();
    options.removeSize1();
    whole.setOptions(options);
    whole.setPayload(payload);
    return whole;
  }
}
