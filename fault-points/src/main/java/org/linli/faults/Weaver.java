package org.linli.faults;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Applies the changes while classes are loaded. */
final class Weaver implements ClassFileTransformer {

  private final List<Change> changes;

  Weaver(List<Change> changes) {
    this.changes = List.copyOf(changes);
  }

  /** Whether a class has the place that a change names. */
  static boolean finds(Change change, byte[] classFile) {
    return ClassFile.of().parse(classFile).methods().stream()
        .filter(method -> method.methodName().equalsString(change.method()))
        .flatMap(method -> method.code().stream())
        .anyMatch(
            code ->
                switch (change.edit()) {
                  case Change.Edit.Begin begin -> true;
                  case Change.Edit.Replace replace ->
                      code.elementStream().anyMatch(replace.where());
                });
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable ClassLoader loader,
      @Nullable String name,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    String type = String.valueOf(name).replace('/', '.');
    List<Change> its = changes.stream().filter(change -> change.type().equals(type)).toList();
    if (its.isEmpty()) {
      return null;
    }
    try {
      return woven(loader, classFile, its);
    } catch (RuntimeException e) {
      // Java would carry on with the unchanged class, and a test would rely on a fault that never
      // happens.
      Premain.end("the class " + type + " could not be changed: " + e);
      throw e;
    }
  }

  static byte[] woven(@Nullable ClassLoader loader, byte[] classFile, List<Change> changes) {
    ClassHierarchyResolver ofSystem = ClassHierarchyResolver.defaultResolver();
    ClassHierarchyResolver hierarchy =
        loader == null
            ? ofSystem
            : ClassHierarchyResolver.ofResourceParsing(loader).orElse(ofSystem);
    // Removed code leaves names of local variables behind that no longer exist.
    ClassFile context =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(hierarchy),
            ClassFile.DebugElementsOption.DROP_DEBUG);
    ClassModel model = context.parse(classFile);
    ClassTransform all = ClassTransform.ACCEPT_ALL;
    for (Change change : changes) {
      all = all.andThen(transform(change));
    }
    return context.transformClass(model, all);
  }

  private static ClassTransform transform(Change change) {
    return ClassTransform.transformingMethodBodies(
        (MethodModel method) -> method.methodName().equalsString(change.method()),
        switch (change.edit()) {
          case Change.Edit.Begin(var begin) -> beginning(begin);
          case Change.Edit.Replace(var where, var instead) ->
              (code, element) -> {
                if (where.test(element)) {
                  instead.accept(code, element);
                } else {
                  code.with(element);
                }
              };
        });
  }

  private static CodeTransform beginning(Consumer<CodeBuilder> begin) {
    return new CodeTransform() {
      @Override
      public void atStart(CodeBuilder code) {
        begin.accept(code);
      }

      @Override
      public void accept(CodeBuilder code, CodeElement element) {
        code.with(element);
      }
    };
  }
}
