package org.linli.hub.records;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Set;
import org.linli.program.folder.DataFolder;
import org.linli.program.folder.FolderOwner;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
class RecordsConfiguration {

  static final FolderOwner OWNER =
      new FolderOwner("hub", "hub.lock", Set.of("hub", "questdb", "first-sign-in", "sessions"));

  @Bean
  DataFolder dataFolder(RecordsSettings settings) {
    return DataFolder.claim(settings.data(), OWNER);
  }

  @Bean
  RecordsDatabase recordsDatabase(
      DataFolder folder, RecordsSettings settings, Environment environment) {
    Path file = folder.resolve(SqliteFile.NAME);
    new UnfinishedWork(folder.path()).refuse(settings.database() != null);
    boolean isConfirmed = settings.records().isNewBeginningConfirmed();
    DatabaseAddress address = settings.database();
    if (address == null) {
      if (!isConfirmed) {
        MissingRecords.refuse(file);
      }
      return new SqliteFile(file, settings.databaseWait());
    }
    PostgresDatabase database =
        new PostgresDatabase(address, ConsoleAddress.of(environment, settings));
    if (database.isNew() && !isConfirmed) {
      MissingRecords.refuseBeside(file, address);
    }
    return database;
  }

  @Bean
  FlywayConfigurationCustomizer connectionsOfMigrations(
      RecordsDatabase database, HikariDataSource recordsWriter) {
    return flyway -> flyway.dataSource(database.migrations(recordsWriter));
  }

  @Bean
  RecordsTransactions transactionManager(HikariDataSource recordsWriter, RecordsDatabase database) {
    return new RecordsTransactions(recordsWriter, database.commitCheck());
  }

  @Bean
  @Primary
  HikariDataSource recordsWriter(RecordsDatabase database) {
    return database.writer();
  }

  @Bean
  RecordsReader recordsReader(RecordsDatabase database) {
    return new RecordsReader(database.readers());
  }

  @Bean
  SharedConnections sharedConnections(RecordsDatabase database) {
    return new SharedConnections(database);
  }

  @Bean
  ProgramEnd programEnd() {
    return why -> {
      LoggerFactory.getLogger(ProgramEnd.class).error(why);
      Runtime.getRuntime().halt(ProgramEnd.EXIT_CODE);
    };
  }

  @Bean
  Availability recordsAvailability(RecordsDatabase database) {
    return database.availability();
  }

  @Bean
  Elapsed elapsed() {
    return System::nanoTime;
  }
}
