package org.linli.event;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private final JavaClasses model =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.linli.event");

  @Test
  void isPlainJava() {
    classes()
        .that()
        .resideInAnyPackage("org.linli.event", "org.linli.event.codec")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "org.jspecify..",
            "org.linli.event..",
            "com.google.protobuf..",
            "com.github.luben.zstd..")
        .because("both programs and the simulators share these words, none its framework")
        .check(model);
  }

  @Test
  void keepsTheGeneratedMessagesToItsCodecs() {
    noClasses()
        .that()
        .resideInAnyPackage("org.linli.event", "org.linli.event.codec")
        .and()
        .arePublic()
        .and()
        .doNotHaveSimpleName("ReceiptCodec")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.linli.event.wire")
        .because("what travels may change its form; what it means must not")
        .check(model);
  }

  @Test
  void meansTheSameInWhateverFormItTravels() {
    noClasses()
        .that()
        .resideInAPackage("org.linli.event")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.linli.event.codec")
        .because("who only asks what was reported need not know how it travels")
        .check(model);
  }

  @Test
  void hasKeysWithAnOrder() {
    ComparableKeys.rule().check(model);
  }
}
