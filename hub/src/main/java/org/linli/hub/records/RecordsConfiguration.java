package org.linli.hub.records;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Set;
import org.linli.program.folder.DataFolder;
import org.linli.program.folder.FolderOwner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
class RecordsConfiguration {

  static final FolderOwner OWNER =
      new FolderOwner("hub", "hub.lock", Set.of("hub", "questdb", "first-sign-in", "sessions"));

  @Bean
  DataFolder dataFolder(RecordsSettings settings) {
    return DataFolder.claim(settings.data(), OWNER);
  }

  @Bean
  RecordsDatabase recordsDatabase(DataFolder folder, RecordsSettings settings) {
    if (settings.databaseUrl() != null) {
      throw new RecordsUnavailableException(
          "LINLI_DATABASE_URL is set, but this version keeps its records in SQLite only.",
          "Remove LINLI_DATABASE_URL; the records are then kept in " + folder.path() + ".");
    }
    Path file = folder.resolve("hub.db");
    if (!settings.records().isNewBeginningConfirmed()) {
      MissingRecords.refuse(file);
    }
    return new SqliteFile(file, settings.databaseWait());
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
  Elapsed elapsed() {
    return System::nanoTime;
  }
}
