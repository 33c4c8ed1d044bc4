package org.linli.faults;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.linli.faults.Change.Program;

/**
 * A point in a program's work at which the disk and another party could come to hold different
 * states.
 */
enum Point {
  /**
   * A whole group is written, but its COMMIT, and with it the fsync, is not. Reached for each group
   * with a message or request that waits for an answer.
   */
  AGENT_BEFORE_FSYNC(
      "agent.before-fsync",
      Program.AGENT,
      "org.linli.edge.outbox.sqlite.GroupWriter",
      "write",
      "org.linli.edge.outbox.CommitGate",
      "beforeCommit") {
    @Override
    void ask(CodeBuilder code) {
      ClassDesc answers = ClassDesc.of("org.linli.edge.outbox.sqlite.Answers");
      code.aload(1)
          .invokevirtual(answers, "isEmpty", MethodTypeDesc.of(ConstantDescs.CD_boolean))
          .loadConstant(id())
          .invokestatic(
              Reached.DESC,
              "unlessEmpty",
              MethodTypeDesc.of(
                  ConstantDescs.CD_void, ConstantDescs.CD_boolean, ConstantDescs.CD_String));
    }
  },

  /** A message is on disk, but its device has no acknowledgement yet. Reached for each message. */
  AGENT_BETWEEN_FSYNC_AND_ACKNOWLEDGEMENT(
      "agent.between-fsync-and-acknowledgement",
      Program.AGENT,
      "org.linli.edge.outbox.sqlite.Answers",
      "committed",
      "org.linli.edge.outbox.sqlite.Answers",
      "kept"),

  /** The hub's receipt has arrived, but the rows it covers are not deleted. */
  AGENT_BETWEEN_RECEIPT_AND_DELETE(
      "agent.between-receipt-and-delete",
      Program.AGENT,
      "org.linli.edge.outbox.sqlite.LaneStores",
      "deleteReceipted",
      "org.linli.edge.outbox.sqlite.LaneStore",
      "receipted"),

  /** A batch's watermark and alerts are written, but not committed. */
  HUB_WITHIN_TRANSACTION(
      "hub.within-transaction",
      Program.HUB,
      "org.linli.hub.intake.Commit",
      "write",
      "org.linli.hub.intake.Commit$Accepted",
      "newlyDiffers"),

  /** A commit is on disk, but no gateway has a receipt for it. */
  HUB_BETWEEN_COMMIT_AND_RECEIPT(
      "hub.between-commit-and-receipt",
      Program.HUB,
      "org.linli.hub.intake.BatchIntake",
      "written",
      "org.linli.hub.intake.Commit",
      "committed"),

  /** The history store has events that the journal has not recorded as stored. */
  HUB_BETWEEN_HISTORY_AND_JOURNAL(
      "hub.between-history-and-journal",
      Program.HUB,
      "org.linli.hub.journal.JournalFeed",
      "carry",
      "org.springframework.transaction.support.TransactionTemplate",
      "executeWithoutResult");

  private final String id;
  private final Change change;

  /** A point right before a call. */
  Point(String id, Program program, String type, String method, String owner, String call) {
    this.id = id;
    this.change =
        Change.at(
            program,
            type,
            method,
            Change.call(owner, call),
            (code, element) -> {
              ask(code);
              code.with(element);
            });
  }

  /** Writes the call that may halt the program; leaves the stack unchanged. */
  void ask(CodeBuilder code) {
    code.loadConstant(id)
        .invokestatic(
            Reached.DESC,
            "here",
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String));
  }

  String id() {
    return id;
  }

  Change change() {
    return change;
  }
}
