package org.linli.faults;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A change at one place in a program's code. */
record Change(Program program, String type, String method, Edit edit) {

  /** How a method is changed. */
  sealed interface Edit {

    /** Puts code before the method's own. */
    record Begin(Consumer<CodeBuilder> code) implements Edit {}

    /**
     * Replaces single instructions.
     *
     * @param where selects the instructions
     * @param code writes the replacement of one instruction
     */
    record Replace(Predicate<CodeElement> where, BiConsumer<CodeBuilder, CodeElement> code)
        implements Edit {}
  }

  /** The program that a class belongs to. */
  enum Program {
    AGENT("org.linli.edge.EdgeAgentApplication"),
    HUB("org.linli.hub.HubApplication");

    private final String mainClass;

    Program(String mainClass) {
      this.mainClass = mainClass;
    }

    String mainClass() {
      return mainClass;
    }

    @Override
    public String toString() {
      return this == AGENT ? "the gateway" : "the hub";
    }
  }

  private static final ClassDesc CLOCK = ClassDesc.of("java.time.Clock");

  /** The one place in each program that creates the clock. */
  static final List<Change> OF_CLOCK =
      List.of(
          onClock(Program.AGENT, Program.AGENT.mainClass()),
          onClock(Program.HUB, Program.HUB.mainClass()));

  private static Change onClock(Program program, String type) {
    return at(
        program,
        type,
        "clock",
        ReturnInstruction.class::isInstance,
        (code, element) ->
            code.invokestatic(Reached.DESC, "shifted", MethodTypeDesc.of(CLOCK, CLOCK))
                .with(element));
  }

  /** The place where the hub's alerts examine an event. */
  static Change ofAlerts() {
    ClassDesc event = ClassDesc.of("org.linli.hub.journal.HubEvent");
    ClassDesc taken = ClassDesc.of("org.linli.event.TakenEvent");
    ClassDesc reported = ClassDesc.of("org.linli.event.DeviceEvent");
    ClassDesc device = ClassDesc.of("org.linli.event.DeviceId");
    return atStart(
        Program.HUB,
        "org.linli.hub.alert.RaisingAlerts",
        "see",
        code ->
            code.aload(2)
                .invokevirtual(event, "taken", MethodTypeDesc.of(taken))
                .invokevirtual(taken, "event", MethodTypeDesc.of(reported))
                .invokevirtual(reported, "device", MethodTypeDesc.of(device))
                .invokevirtual(device, "value", MethodTypeDesc.of(ConstantDescs.CD_String))
                .invokestatic(
                    Reached.DESC,
                    "of",
                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String)));
  }

  static Change at(
      Program program,
      String type,
      String method,
      Predicate<CodeElement> where,
      BiConsumer<CodeBuilder, CodeElement> action) {
    return new Change(program, type, method, new Edit.Replace(where, action));
  }

  static Change atStart(Program program, String type, String method, Consumer<CodeBuilder> code) {
    return new Change(program, type, method, new Edit.Begin(code));
  }

  /** Selects calls of a method, of whichever kind. */
  static Predicate<CodeElement> call(String owner, String name) {
    String internal = owner.replace('.', '/');
    return element ->
        element instanceof InvokeInstruction invoke
            && invoke.owner().asInternalName().equals(internal)
            && invoke.name().equalsString(name);
  }

  static Predicate<CodeElement> field(String owner, String name) {
    String internal = owner.replace('.', '/');
    return element ->
        element instanceof FieldInstruction field
            && field.owner().asInternalName().equals(internal)
            && field.name().equalsString(name);
  }

  static Predicate<CodeElement> constant(String value) {
    return element ->
        element instanceof ConstantInstruction constant && value.equals(constant.constantValue());
  }
}
