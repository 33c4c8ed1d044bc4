package org.linli.faults;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.linli.faults.Change.Program;

/** A promise of the delivery contract that a program silently breaks. */
enum Broken {
  /** Neither SQLite nor the data folder is ever forced to disk. */
  SKIP_FSYNC(
      "skip-fsync",
      Change.at(
          Program.AGENT,
          "org.linli.edge.outbox.sqlite.OutboxDatabase",
          "connect",
          Change.constant("PRAGMA synchronous = FULL"),
          (code, element) -> code.loadConstant("PRAGMA synchronous = OFF")),
      Change.atStart(Program.AGENT, Names.DATA_FOLDER, "sync", CodeBuilder::return_),
      Change.at(
          Program.HUB,
          "org.linli.hub.records.SqliteFile",
          "mayWrite",
          Change.field(Names.SYNCHRONOUS, "FULL"),
          (code, element) ->
              code.getstatic(
                  ClassDesc.of(Names.SYNCHRONOUS), "OFF", ClassDesc.of(Names.SYNCHRONOUS))),
      Change.atStart(Program.HUB, Names.DATA_FOLDER, "sync", CodeBuilder::return_)),

  /** The gateway acknowledges to a device first and writes afterwards. */
  ACKNOWLEDGE_EARLY(
      "acknowledge-early",
      Change.at(
          Program.AGENT,
          Names.ANSWERS,
          "committed",
          Change.call(Names.ANSWERS, "kept"),
          (code, element) -> code.pop2()),
      Change.at(
          Program.AGENT,
          Names.ANSWERS,
          "admitted",
          Change.call("java.util.List", "add"),
          (code, element) -> {
            answer(code, "kept");
            answer(code, "flush");
            code.with(element);
          })),

  /** The hub applies again what it has already applied. */
  FORGET_WATERMARK(
      "forget-watermark",
      Change.atStart(
          Program.HUB,
          Names.VERDICT,
          "within",
          code ->
              code.aload(0)
                  .invokevirtual(
                      ClassDesc.of(Names.BATCH), "last", MethodTypeDesc.of(ConstantDescs.CD_long))
                  .aload(1)
                  .invokevirtual(
                      ClassDesc.of("org.linli.hub.intake.sequence.Watermark"),
                      "sequence",
                      MethodTypeDesc.of(ConstantDescs.CD_long))
                  .lcmp()
                  .ifThen(
                      Opcode.IFLE,
                      follows ->
                          follows
                              .new_(ClassDesc.of(Names.VERDICT + "$Follows"))
                              .dup()
                              .invokespecial(
                                  ClassDesc.of(Names.VERDICT + "$Follows"),
                                  ConstantDescs.INIT_NAME,
                                  MethodTypeDesc.of(ConstantDescs.CD_void))
                              .areturn()))),

  /** The gateway makes urgent events wait behind bulk. */
  MERGE_LANES(
      "merge-lanes",
      Change.at(
          Program.AGENT,
          Names.GROUP_WRITER,
          "add",
          Change.call("org.linli.event.EventTypes", "laneOf"),
          (code, element) ->
              code.with(element)
                  .pop()
                  .getstatic(ClassDesc.of(Names.LANE), "BULK", ClassDesc.of(Names.LANE)))),

  /** The hub treats a sequence with other content as a duplicate. */
  IGNORE_DIGEST(
      "ignore-digest",
      Change.at(
          Program.HUB,
          Names.VERDICT,
          "within",
          Change.call("org.linli.event.Digest", "equals"),
          (code, element) -> code.pop2().iconst_1())),

  /** The hub's statements find the rows of all communities, whosever they are to be. */
  FORGET_COMMUNITY(
      "forget-community",
      Change.at(
          Program.HUB,
          "org.linli.hub.records.CommunityRecords",
          "filled",
          Change.call("java.lang.String", "replace"),
          (code, element) -> {
            // The condition is on top of the stack. It stays in the statement, as it has
            // parameters.
            code.checkcast(ConstantDescs.CD_String).loadConstant("(1 = 1 OR ").swap();
            concat(code);
            code.loadConstant(")");
            concat(code);
            code.with(element);
          })),

  /** The gateway sheds events and does not report them. */
  DROP_SHED_RANGE(
      "drop-shed-range",
      Change.atStart(
          Program.AGENT,
          "org.linli.edge.outbox.sqlite.ShedReader$Ranges",
          "declared",
          code ->
              code.invokestatic(
                      ConstantDescs.CD_List, "of", MethodTypeDesc.of(ConstantDescs.CD_List), true)
                  .areturn()));

  /** Class names that several sabotages use. */
  private static final class Names {
    static final String DATA_FOLDER = "org.linli.program.folder.DataFolder";
    static final String ANSWERS = "org.linli.edge.outbox.sqlite.Answers";
    static final String GROUP_WRITER = "org.linli.edge.outbox.sqlite.GroupWriter";
    static final String SYNCHRONOUS = "org.sqlite.SQLiteConfig$SynchronousMode";
    static final String VERDICT = "org.linli.hub.intake.sequence.BatchVerdict";
    static final String BATCH = "org.linli.event.Batch";
    static final String LANE = "org.linli.event.Lane";
  }

  private final String id;
  private final List<Change> changes;

  Broken(String id, Change... changes) {
    this.id = id;
    this.changes = List.of(changes);
  }

  /** Joins the two texts on top of the stack. */
  private static void concat(CodeBuilder code) {
    code.invokevirtual(
        ConstantDescs.CD_String,
        "concat",
        MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_String));
  }

  /** Calls a method of Answers with the message on top of the stack, which stays there. */
  private static void answer(CodeBuilder code, String method) {
    code.dup()
        .aload(0)
        .swap()
        .invokevirtual(
            ClassDesc.of(Names.ANSWERS),
            method,
            MethodTypeDesc.of(
                ConstantDescs.CD_void, ClassDesc.of("org.linli.edge.profile.Interpreted")));
  }

  String id() {
    return id;
  }

  List<Change> changes() {
    return changes;
  }
}
