package org.linli.faults;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.linli.faults.Change.Program;

/**
 * A point of a program's work at which the disk and somebody else could come to know different
 * things.
 */
enum Point {
  /**
   * Everything of a group is written, and its COMMIT, with the fsync, is not; reached for each
   * group of which somebody waits for an answer.
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

  /** A message is on disk and its device does not know; reached for each message. */
  AGENT_BETWEEN_FSYNC_AND_ACKNOWLEDGEMENT(
      "agent.between-fsync-and-acknowledgement",
      Program.AGENT,
      "org.linli.edge.outbox.sqlite.Answers",
      "committed",
      "org.linli.edge.outbox.sqlite.Answers",
      "kept"),

  /** The hub's receipt is here and what it is for is not deleted. */
  AGENT_BETWEEN_RECEIPT_AND_DELETE(
      "agent.between-receipt-and-delete",
      Program.AGENT,
      "org.linli.edge.outbox.sqlite.GroupWriter",
      "deleteReceipted",
      "org.linli.edge.outbox.sqlite.LaneStore",
      "receipted"),

  /** A batch's watermark, journal and alerts are written and not committed. */
  HUB_WITHIN_TRANSACTION(
      "hub.within-transaction",
      Program.HUB,
      "org.linli.hub.intake.Commit",
      "write",
      "org.linli.hub.intake.Commit$Accepted",
      "newlyDiffers"),

  /** A commit is on disk and no gateway knows. */
  HUB_BETWEEN_COMMIT_AND_RECEIPT(
      "hub.between-commit-and-receipt",
      Program.HUB,
      "org.linli.hub.intake.BatchIntake",
      "written",
      "org.linli.hub.intake.Commit",
      "committed"),

  /** The history's store has events that the journal does not know to be there. */
  HUB_BETWEEN_HISTORY_AND_JOURNAL(
      "hub.between-history-and-journal",
      Program.HUB,
      "org.linli.hub.intake.JournalFeed",
      "carry",
      "org.springframework.transaction.support.TransactionTemplate",
      "executeWithoutResult");

  private final String id;
  private final Change change;

  /** Right before a call. */
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

  /** Writes the call that may end the program; the stack stays as it is. */
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
