package org.linli.sims.torture;

import java.util.Locale;

/** The faults that can be injected into a running system. */
enum Fault {
  KILL_AGENT(1, Need.NOTHING, "the agent is killed (kill -9) and started again"),
  KILL_HUB(1, Need.NOTHING, "the hub is killed and started again"),
  KILL_BOTH(2, Need.NOTHING, "both are killed and started again"),
  AGENT_BEFORE_FSYNC(2, Need.POINTS, "the agent dies right before a commit is on disk"),
  AGENT_BETWEEN_FSYNC_AND_ACKNOWLEDGEMENT(
      2, Need.POINTS, "the agent dies with a commit on disk and no device told"),
  AGENT_BETWEEN_RECEIPT_AND_DELETE(
      2, Need.POINTS, "the agent dies with a receipt heard and nothing deleted"),
  HUB_WITHIN_TRANSACTION(2, Need.POINTS, "the hub dies within the transaction of a batch"),
  HUB_BETWEEN_COMMIT_AND_RECEIPT(
      2, Need.POINTS, "the hub dies with a batch committed and no receipt sent"),
  HUB_BETWEEN_HISTORY_AND_JOURNAL(
      2, Need.POINTS, "the hub dies with events in the history and still in the journal"),
  RESTART_STORM(4, Need.NOTHING, "a program is killed four times, mostly while it starts"),
  STOP_IN_ORDER(0, Need.NOTHING, "a program is asked to end (SIGTERM) and started again"),
  FREEZE_AGENT(0, Need.NOTHING, "the agent stands still (SIGSTOP) for a while"),
  FREEZE_HUB(0, Need.NOTHING, "the hub stands still for a while"),
  FREEZE_BROKER(0, Need.BROKER, "the broker stands still for a while"),
  RESTART_BROKER(0, Need.BROKER, "the broker is stopped in order and started again"),
  CLOCK_AHEAD(0, Need.POINTS, "a program's clock jumps an hour ahead, and back after a while"),
  CLOCK_BEHIND(0, Need.POINTS, "a program's clock jumps an hour back, and ahead after a while"),
  POWER_CUT_AGENT(1, Need.DISK, "the agent's machine loses power: what was not synced is gone"),
  POWER_CUT_HUB(1, Need.DISK, "the hub's machine loses power: what was not synced is gone"),
  DISK_ERRORS_AGENT(0, Need.DISK, "reads, writes and syncs of the agent fail now and then (EIO)"),
  DISK_ERRORS_HUB(0, Need.DISK, "reads, writes and syncs of the hub fail now and then"),
  DISK_FULL_AGENT(0, Need.DISK, "the agent's disk is full for a while (ENOSPC)"),
  DISK_FULL_HUB(0, Need.DISK, "the hub's disk is full for a while"),
  CUT(0, Need.NOTHING, "a network line is cut: connections are reset, none comes about"),
  HALF_OPEN(0, Need.NOTHING, "a line stands and carries nothing"),
  DELAY(0, Need.NOTHING, "a line becomes slow: 0.1 to 1 s in each direction"),
  JITTER(0, Need.NOTHING, "a line's delay wavers by up to half a second"),
  RATE(0, Need.NOTHING, "a line carries 2 to 20 kB a second"),
  LOSS(0, Need.NOTHING, "a line loses every tenth to third packet; TCP sends them again, later"),
  DUPLICATE(0, Need.NOTHING, "datagrams between CoAP devices and the agent come twice"),
  REORDER(0, Need.NOTHING, "datagrams between CoAP devices and the agent overtake each other"),
  CORRUPT(0, Need.NOTHING, "bits between agent and hub flip, MQTT's own bytes included"),
  RECEIPT_LOST(0, Need.NOTHING, "receipts of the hub get lost"),
  RECEIPT_CORRUPTED(0, Need.NOTHING, "a bit of a receipt is flipped"),
  BATCH_LOST(0, Need.NOTHING, "batches are acknowledged on the way, and get lost"),
  BATCH_REPEATED(0, Need.NOTHING, "batches come twice"),
  BATCH_REPLAYED(0, Need.NOTHING, "batches of earlier come once more"),
  BATCHES_REORDERED(0, Need.NOTHING, "batches overtake each other"),
  BATCH_FORGED(0, Need.NOTHING, "a batch comes again under another history, which is to be told"),
  BATCH_CORRUPTED(0, Need.NOTHING, "a bit of a batch is flipped"),
  EVERYBODY_RECONNECTS(1, Need.NOTHING, "the agent is killed, and all devices come back at once"),
  HUB_AWAY_BEYOND_QUOTA(1, Need.NOTHING, "the hub is away for longer than the agent has room"),
  TWO_AGENTS(1, Need.NOTHING, "a clone of the agent runs under the same identity, then dies"),
  RESTORED_COPY(1, Need.NOTHING, "the agent's data folder is replaced by an earlier copy of it");

  /** What a fault requires. */
  enum Need {
    NOTHING,
    /** The test build's instrumented points. */
    POINTS,
    /** A broker between devices, agent and hub. */
    BROKER,
    /** Data folders on disks whose power can be cut. */
    DISK
  }

  private final int kills;
  private final Need need;
  private final String sentence;

  Fault(int kills, Need need, String sentence) {
    this.kills = kills;
    this.need = need;
    this.sentence = sentence;
  }

  /** How many processes it kills. */
  int kills() {
    return kills;
  }

  /**
   * Whether a program that ran before may not run afterwards; a clock fault sometimes includes a
   * kill.
   */
  boolean endsPrograms() {
    return kills > 0 || this == STOP_IN_ORDER || this == CLOCK_AHEAD || this == CLOCK_BEHIND;
  }

  Need need() {
    return need;
  }

  String sentence() {
    return sentence;
  }

  /** The instrumented point, for a fault that kills at one. */
  String point() {
    String name = toString();
    return name.substring(0, name.indexOf('-')) + '.' + name.substring(name.indexOf('-') + 1);
  }

  boolean isPoint() {
    return need == Need.POINTS && kills > 0;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
