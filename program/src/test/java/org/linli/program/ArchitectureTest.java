package org.linli.program;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
}
