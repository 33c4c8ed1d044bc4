package org.linli.edge;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.linli.edge.outbox.DeadLetters;
import org.linli.edge.outbox.sqlite.DeadLetterFile;
import org.linli.edge.outbox.sqlite.OutboxNotOpenedException;
import org.linli.event.ComparableKeys;
import org.linli.program.thread.StartsAThread;

@AnalyzeClasses(packages = "org.linli.edge", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final Set<String> CLOCKS =
      Set.of(
          Instant.class.getName(),
          LocalDate.class.getName(),
          LocalDateTime.class.getName(),
          OffsetDateTime.class.getName(),
          ZonedDateTime.class.getName());

  @ArchTest
  static final ArchRule mqttLibrariesStayInTheirLeaves =
      noClasses()
          .that(resideOutsideOfPackages("..intake.broker..", "..uplink.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.eclipse.paho..", "org.linli.program.mqtt.."))
          .because("an MQTT library can then be changed at one door without touching the others");

  @ArchTest
  static final ArchRule nettyStaysAtItsDoor =
      noClasses()
          .that(resideOutsideOfPackages("..intake.mqtt.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.netty.."))
          .because("the rest of the gateway knows messages, not sockets");

  @ArchTest
  static final ArchRule socketsAreNettysOwn =
      noClasses()
          .should()
          .dependOnClassesThat(resideInAnyPackage("io.vertx.."))
          .because("its sockets needed classes that it does not promise (docs/decisions/0006)");

  @ArchTest
  static final ArchRule californiumStaysAtItsDoor =
      noClasses()
          .that(resideOutsideOfPackages("..intake.coap.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.eclipse.californium.."))
          .because("the rest of the gateway knows messages, not CoAP");

  @ArchTest
  static final ArchRule yamlIsReadByOneReader =
      noClasses()
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.yaml.."))
          .because("program.yaml says where a file is wrong, and has the limits for hostile ones");

  @ArchTest
  static final ArchRule sqlStaysInTheOutbox =
      noClasses()
          .that(resideOutsideOfPackages("..outbox.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite.."))
          .because("the outbox is the only hand-off through disk, with one writer to its file");

  @ArchTest
  static final ArchRule camelStaysInTheFlow =
      noClasses()
          .that(resideOutsideOfPackages("..edge.flow.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.camel.."))
          .because("Camel carries and plain Java decides");

  /** Modules have their own test; this is about the packages below them. */
  @ArchTest
  static final ArchRule packagesMakeNoCycle =
      slices()
          .matching("org.linli.edge.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(DeadLetters.class, DeadLetterFile.class)
          .ignoreDependency(DeadLetters.class, OutboxNotOpenedException.class)
          .because("a package may be read without those below it (docs/decisions/0001)");

  @ArchTest
  static final ArchRule nobodyDependsOnTheFlow =
      noClasses()
          .that(resideOutsideOfPackages("..edge.flow.."))
          .should()
          .dependOnClassesThat(resideInAnyPackage("..edge.flow.."))
          .because("the flow joins the stages, and a stage that knew it could not be moved in it");

  @ArchTest
  static final ArchRule routesHoldNoLambda =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .haveSimpleName("EdgeFlow")
          .should()
          .haveNameStartingWith("lambda$")
          .because("a decision in a route can be neither named nor tested; it belongs into a bean");

  @ArchTest
  static final ArchRule timeComesFromTheClock =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(EdgeAgentApplication.class.getName())
          .should()
          .accessTargetWhere(readsTheSystemClock())
          .because("a test must be able to say what time it is, and one clock serves the gateway");

  @ArchTest
  static final ArchRule namesSayWhatAClassDoes =
      classes()
          .should()
          .haveNameNotMatching(".*(Impl|Manager|Helper|Util|Utils)")
          .andShould()
          .haveNameNotMatching(".*\\.(Base|Abstract)[A-Z].*")
          .because("such names say nothing about what a class is for");

  @ArchTest
  static final ArchRule beansAreMadeByTheirConstructor =
      noFields()
          .should()
          .beAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
          .orShould()
          .beAnnotatedWith("org.springframework.beans.factory.annotation.Value")
          .because(
              "what a class needs is said by its constructor, and settings have one record each");

  @ArchTest
  static final ArchRule filesAreForTheGatewaysOwnUser =
      noClasses()
          .should()
          .accessTargetWhere(makesWhatOthersMayRead())
          .because("OwnerOnly makes files and folders that only this user may read");

  /** Californium asks for executors of its own at its door and for its client. */
  @ArchTest
  static final ArchRule threadsAreMadeWhereTheyAreKeptAlive =
      noClasses()
          .that()
          .doNotHaveSimpleName("CoapDoor")
          .and()
          .doNotHaveSimpleName("Readers")
          .and()
          .doNotHaveSimpleName("CoapServers")
          .should()
          .accessTargetWhere(StartsAThread.predicate())
          .because(
              "a thread of one's own dies in silence of what it throws: LivingThreads makes those"
                  + " that say it and go on (docs/decisions/0023)");

  @ArchTest
  static final ArchRule nothingIsScheduledBySpring =
      noMethods()
          .should()
          .beAnnotatedWith("org.springframework.scheduling.annotation.Scheduled")
          .orShould()
          .beAnnotatedWith("org.springframework.scheduling.annotation.Async")
          .because("nobody is told when such a method fails (docs/decisions/0023)");

  private static DescribedPredicate<JavaAccess<?>> readsTheSystemClock() {
    return describe(
        "reads the system's clock",
        access -> {
          AccessTarget target = access.getTarget();
          String owner = target.getOwner().getName();
          return target.getName().equals("now") && CLOCKS.contains(owner)
              || target.getName().startsWith("system") && owner.equals(Clock.class.getName())
              || target.getName().equals("currentTimeMillis")
                  && owner.equals(System.class.getName());
        });
  }

  private static DescribedPredicate<JavaAccess<?>> makesWhatOthersMayRead() {
    return describe(
        "makes a file or folder without saying for whom",
        access -> {
          String owner = access.getTarget().getOwner().getName();
          String name = access.getTarget().getName();
          return owner.equals("java.nio.file.Files")
                  && (name.startsWith("create")
                      || name.startsWith("write")
                      || name.startsWith("newB") && !name.equals("newBufferedReader")
                      || name.equals("newOutputStream")
                      || name.equals("copy"))
              || owner.equals("java.nio.channels.FileChannel") && name.equals("open")
              || name.equals("<init>")
                  && Set.of(
                          "java.io.FileOutputStream",
                          "java.io.FileWriter",
                          "java.io.RandomAccessFile")
                      .contains(owner)
              || owner.equals("java.io.File")
                  && (name.startsWith("mkdir") || name.startsWith("create"));
        });
  }

  @ArchTest static final ArchRule keysHaveAnOrder = ComparableKeys.rule();
}
