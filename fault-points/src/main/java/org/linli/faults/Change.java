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

/** One place in a program's code and what is done there. */
record Change(Program program, String type, String method, Edit edit) {

  /** What becomes of a method. */
  sealed interface Edit {

    /** Code that comes before all of it. */
    record Begin(Consumer<CodeBuilder> code) implements Edit {}

    /**
     * @param where picks instructions
     * @param code writes what stands there instead of one
     */
    record Replace(Predicate<CodeElement> where, BiConsumer<CodeBuilder, CodeElement> code)
        implements Edit {}
  }

  /** Which program a class belongs to. */
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

  /** The one place of each program where a clock is made. */
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

  /** Where the hub's alerts look at an event. */
  static Change ofAlerts() {
    ClassDesc event = ClassDesc.of("org.linli.hub.intake.HubEvent");
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

  /** A call, whichever kind of call it is. */
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
