package org.linli.program;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

@AnalyzeClasses(packages = "org.linli.program", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule leansOnNeitherProgram =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.linli.edge..", "org.linli.hub..", "org.linli.event..")
          .because("both programs lean on this module");

  @ArchTest
  static final ArchRule pahoStaysWithItsConnection =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.linli.program.mqtt..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.eclipse.paho..", "org.linli.program.mqtt..")
          .because("who uses this module without MQTT has no Paho");

  @ArchTest
  static final ArchRule typesMakeNoCycle =
      slices()
          .assignedFrom(new EachType())
          .should()
          .beFreeOfCycles()
          .because("each type can be read once those below it are known (docs/decisions/0023)");

  /** Each class of a file of its own, with what is nested in it. */
  private static final class EachType implements SliceAssignment {

    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getName().split("\\$", 2)[0]);
    }

    @Override
    public String getDescription() {
      return "types";
    }
  }
}
