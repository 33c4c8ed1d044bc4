package org.linli.hub;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
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
import org.linli.event.ComparableKeys;
import org.linli.hub.access.Accounts;
import org.linli.hub.registry.Person;
import org.linli.program.thread.StartsAThread;

/** The rules of the house that package names alone cannot keep (docs/decisions/0001). */
@AnalyzeClasses(packages = "org.linli.hub", importOptions = ImportOption.DoNotIncludeTests.class)
class HubArchitectureTest {

  @ArchTest
  static final ArchRule MQTT_STAYS_AT_THE_GATEWAYS_DOOR =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.linli.hub.gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.vertx..", "io.netty..", "org.eclipse.paho..", "org.linli.program.mqtt..")
          .because("a batch means the same by whatever way it came, and the way may be exchanged");

  @ArchTest
  static final ArchRule SQL_STAYS_WITH_WHO_KEEPS_RECORDS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.linli.hub.records..",
              "org.linli.hub.intake..",
              "org.linli.hub.journal..",
              "org.linli.hub.registry..",
              "org.linli.hub.adoption..",
              "org.linli.hub.alert..",
              "org.linli.hub.liveness..",
              "org.linli.hub.access..",
              "org.linli.hub.change..",
              "org.linli.hub.history.postgres..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.jdbc..", "java.sql..", "javax.sql..")
          .because("each table has one owner, and nobody else may build on its columns");

  @ArchTest
  static final ArchRule TABLES_OF_COMMUNITIES_ARE_REACHED_BY_ONE_CLASS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.linli.hub.alert..",
              "org.linli.hub.adoption..",
              "org.linli.hub.liveness..",
              "org.linli.hub.change..",
              "org.linli.hub.intake.deadletter..")
          .or()
          .haveFullyQualifiedName("org.linli.hub.intake.SimilarTypes")
          .should()
          .callMethodWhere(writesSqlByItself())
          .because(
              "CommunityRecords makes the condition whose rows a statement may touch"
                  + " (docs/decisions/0069)");

  private static DescribedPredicate<JavaMethodCall> writesSqlByItself() {
    Set<String> ways =
        Set.of(
            "org.springframework.jdbc.core.JdbcTemplate",
            "org.springframework.jdbc.core.JdbcOperations",
            "org.springframework.jdbc.core.simple.JdbcClient",
            "org.linli.hub.records.RecordsReader");
    return describe(
        "takes SQL without saying whose rows it means",
        call -> ways.contains(call.getTargetOwner().getName()));
  }

  @ArchTest
  static final ArchRule THE_DATABASE_ITSELF_IS_KNOWN_TO_RECORDS_ALONE =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.linli.hub.records..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.sqlite..", "org.postgresql..", "com.zaxxer.hikari..", "org.flywaydb..")
          .because("PostgreSQL takes SQLite's place without anybody else noticing");

  @ArchTest
  static final ArchRule STORES_STAY_IN_HISTORY =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.linli.hub.history..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.questdb..", "com.influxdb..")
          .because("which store keeps the history is the operator's choice");

  @ArchTest
  static final ArchRule NOBODY_LEANS_ON_THE_FLOW =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.linli.hub.flow..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.linli.hub.flow..")
          .because("the flow joins the stages; a stage that knew it could not be tested alone");

  @ArchTest
  static final ArchRule PARTS_OF_THE_INTAKE_DO_NOT_KNOW_IT =
      noClasses()
          .that()
          .resideInAnyPackage("org.linli.hub.intake.sequence", "org.linli.hub.intake.deadletter")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.linli.hub.intake")
          .because("each can be read and tested without the rest (docs/decisions/0001)");

  @ArchTest
  static final ArchRule RULES_AND_THEIR_MEMORY_KNOW_NO_ALERT =
      noClasses()
          .that()
          .resideInAPackage("org.linli.hub.alert.watch")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.linli.hub.alert")
          .because("what a rule remembers does not depend on what becomes of its alert");

  /** Modules have their own test; this is about the packages below them. */
  @ArchTest
  static final ArchRule PACKAGES_MAKE_NO_CYCLE =
      slices()
          .matching("org.linli.hub.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              "org.linli.hub.gateway.GatewayConfiguration",
              "org.linli.hub.gateway.broker.BrokerAttachment")
          .ignoreDependency(
              "org.linli.hub.gateway.GatewayConfiguration",
              "org.linli.hub.gateway.endpoint.GatewayEndpoint")
          .ignoreDependency(
              "org.linli.hub.gateway.GatewayConfiguration",
              "org.linli.hub.gateway.entrance.BatchEntrance")
          .ignoreDependency(
              "org.linli.hub.gateway.GatewayConfiguration",
              "org.linli.hub.gateway.entrance.GatewaySettings")
          .ignoreDependency(
              "org.linli.hub.history.HistoryConfiguration",
              "org.linli.hub.history.influx.InfluxSettings")
          .ignoreDependency(
              "org.linli.hub.history.HistoryConfiguration",
              "org.linli.hub.history.influx.InfluxStore")
          .ignoreDependency(
              "org.linli.hub.history.HistoryConfiguration",
              "org.linli.hub.history.postgres.PostgresStore")
          .ignoreDependency(
              "org.linli.hub.history.HistoryConfiguration",
              "org.linli.hub.history.questdb.QuestDbStore")
          .ignoreDependency(
              "org.linli.hub.registry.RegistryConfiguration",
              "org.linli.hub.registry.file.RegistryFiles")
          .because("only what joins a module may know what is below it (docs/decisions/0001)");

  @ArchTest
  static final ArchRule THE_ENDPOINT_DOES_NOT_KNOW_THE_BROKER =
      noClasses()
          .that()
          .resideInAnyPackage("org.linli.hub.gateway.endpoint", "org.linli.hub.gateway.entrance")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.linli.hub.gateway.broker")
          .because("one way in must not need the other");

  @ArchTest
  static final ArchRule THE_BROKER_DOES_NOT_KNOW_THE_ENDPOINT =
      noClasses()
          .that()
          .resideInAnyPackage("org.linli.hub.gateway.broker", "org.linli.hub.gateway.entrance")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.linli.hub.gateway.endpoint")
          .because("one way in must not need the other");

  @ArchTest
  static final ArchRule YAML_IS_READ_BY_ONE_READER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.yaml..")
          .because("program.yaml says where a file is wrong, and has the limits for hostile ones");

  @ArchTest
  static final ArchRule CAMEL_CARRIES_AND_DECIDES_NOTHING =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.linli.hub.flow..", "org.linli.hub.gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..")
          .because("what a hop decides is plain Java (docs/decisions/0003)");

  @ArchTest
  static final ArchRule NAMES_ARE_LOOKED_UP_WHEN_SHOWN =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.linli.hub.console..", "org.linli.hub.registry..")
          .should()
          .accessTargetWhere(target(owner(type(Person.class))).and(target(name("name"))))
          .orShould()
          .accessTargetWhere(target(owner(type(Accounts.class))))
          .because(
              "records name people by their ids (docs/decisions/0025): names change and repeat");

  @ArchTest
  static final ArchRule PEOPLE_LEAN_ON_NOTHING =
      noClasses()
          .that()
          .resideInAPackage("org.linli.hub.people..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.linli.hub..")
                  .and(not(resideInAPackage("org.linli.hub.people.."))))
          .because("everything in the hub may name an actor");

  @ArchTest
  static final ArchRule CHANGES_LEAN_ON_THE_RECORDS_ALONE =
      noClasses()
          .that()
          .resideInAPackage("org.linli.hub.change..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.linli.hub..")
                  .and(
                      not(resideInAnyPackage("org.linli.hub.change..", "org.linli.hub.records.."))))
          .because(
              "whoever changes something names its kind, and whoever shows it looks it up"
                  + " (docs/decisions/0042)");

  @ArchTest
  static final ArchRule TIME_COMES_FROM_THE_CLOCK_THAT_IS_GIVEN =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("org.linli.hub.HubApplication")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("a test must be able to turn the clock");

  @ArchTest
  static final ArchRule FILES_ARE_FOR_THE_HUBS_OWN_USER =
      noClasses()
          .should()
          .accessTargetWhere(makesWhatOthersMayRead())
          .because("OwnerOnly makes files and folders that only this user may read");

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

  @ArchTest
  static final ArchRule THREADS_ARE_MADE_WHERE_THEY_ARE_KEPT_ALIVE =
      noClasses()
          .that()
          // Answers before anything else is built; each of its threads ends with its request.
          .doNotHaveFullyQualifiedName("org.linli.hub.records.StandByAnswers")
          .should()
          .accessTargetWhere(StartsAThread.predicate())
          .because(
              "a thread of one's own dies in silence of what it throws: LivingThreads makes those"
                  + " that say it and go on (docs/decisions/0023)");

  @ArchTest
  static final ArchRule NOTHING_IS_SCHEDULED_BY_SPRING =
      noMethods()
          .should()
          .beAnnotatedWith("org.springframework.scheduling.annotation.Scheduled")
          .orShould()
          .beAnnotatedWith("org.springframework.scheduling.annotation.Async")
          .because("nobody is told when such a method fails (docs/decisions/0023)");

  @ArchTest static final ArchRule KEYS_HAVE_AN_ORDER = ComparableKeys.rule();
}
